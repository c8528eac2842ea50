import { livreRoutes } from '@pass/contracts/livres.ts'
import { apiQuery, useApiMutation, warm } from '@pass/web/api.ts'
import { ControlesView } from '@pass/web/modules/comptes/controles-view.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Notice, RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useSuspenseQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { paths } from '../paths.ts'
import { useRoleReason } from '../widgets/role-reason.ts'

const POLL_MS = 2000
const read = apiQuery(livreRoutes.getControles, {})

export const loader = () => warm({ controles: read })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.grandsLivres(), label: 'Grand livre' },
]

export const Component = () => {
  const { data: controles } = useSuspenseQuery({ ...read, refetchInterval: ({ state }) => (state.data?.enCours ? POLL_MS : false) })
  const ask = useApiMutation(livreRoutes.askControles, { invalidates: [livreRoutes.getControles, livreRoutes.listMoisComptables] })
  const reason = useRoleReason()('controle:run')
  return (
    <Page
      titre="Contrôles"
      fil={FIL}
      intro="Chaque nuit, tout le grand livre est recompté, pass par pass : chaque contrôle compte ce qui ne doit jamais être."
      actions={
        <Button icon={RefreshCw} pending={ask.isPending || controles.enCours} disabledReason={reason} onClick={() => ask.mutate({})}>
          Lancer les contrôles
        </Button>
      }
    >
      {controles.enCours && (
        <Notice tone="info" live="status" titre="Contrôles en cours.">
          Cette page se met à jour seule quand ils sont finis.
        </Notice>
      )}
      <RefusalNotice error={ask.error} />
      <ControlesView controles={controles} />
    </Page>
  )
}
