import { livreRoutes, type MoisComptables } from '@pass/contracts/livres.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { apiQuery, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { MoisTable } from '@pass/web/modules/comptes/mois-table.tsx'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useState } from 'react'
import { paths } from '../paths.ts'
import type { Said } from '../widgets/act.ts'
import { useRoleReason } from '../widgets/role-reason.ts'
import { SaidNotice } from '../widgets/said-notice.tsx'

export const loader = () => warm({ mois: apiQuery(livreRoutes.listMoisComptables, {}) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.grandsLivres(), label: 'Grand livre' },
]

const CloseCard = ({ aClore, onDone }: { aClore: NonNullable<MoisComptables['aClore']>; onDone: (said: Said) => void }) => {
  const close = useApiMutation(livreRoutes.closeBooks, { invalidates: [livreRoutes.listMoisComptables] })
  const reason = useRoleReason()('livre:close') ?? aClore.refus
  const nom = formatMonth(aClore.mois)
  const act = async () => {
    await close.mutateAsync({ params: { mois: aClore.mois } })
    onDone({ titre: `Comptes de ${nom} clos.`, suite: 'Plus aucune écriture ne peut y entrer ; les collectivités le voient.' })
  }
  return (
    <Card titre={`Prochain mois à clore : ${nom}`}>
      <p>Les mois se closent dans l’ordre, quand les contrôles ne trouvent aucun écart. Une clôture ne se défait pas.</p>
      <ButtonRow>
        <ConfirmDialog
          label={`Clore les comptes de ${nom}`}
          variant="principal"
          disabledReason={reason}
          titre={`Clore les comptes de ${nom} ?`}
          action={`Clore les comptes de ${nom}`}
          onConfirm={act}
        >
          <p>
            Plus rien ne pourra s’écrire avant la fin de ce mois. Une erreur trouvée plus tard se corrigera par une écriture du mois
            courant.
          </p>
        </ConfirmDialog>
      </ButtonRow>
    </Card>
  )
}

export const Component = () => {
  const { mois } = useWarmed<typeof loader>()
  const [said, setSaid] = useState<Said | null>(null)
  return (
    <Page
      titre="Mois comptables"
      fil={FIL}
      intro="Dans un mois clos, plus rien ne s’écrit : ses soldes sont définitifs."
      actions={
        <LinkButton variant="second" to={paths.controles()}>
          Voir les contrôles
        </LinkButton>
      }
    >
      <SaidNotice said={said} />
      {mois.aClore && <CloseCard aClore={mois.aClore} onDone={setSaid} />}
      <MoisTable items={mois.items} />
    </Page>
  )
}
