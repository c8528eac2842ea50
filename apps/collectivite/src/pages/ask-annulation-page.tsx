import { oppositionRoutes } from '@pass/contracts/oppositions.ts'
import { plural } from '@pass/domain/money.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { countPlages, PlagesField } from '@pass/web/modules/carnets/plages-field.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice, RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { paths } from '../paths.ts'
import { INVENTAIRE_READS } from '../widgets/inventaire-reads.ts'

export const Component = () => {
  const whyNot = useWhyNot()
  const [plages, setPlages] = useState<PlageSaisie[]>([])
  const [motif, setMotif] = useState('')
  const ask = useApiMutation(oppositionRoutes.askAnnulation, {
    invalidates: INVENTAIRE_READS,
    onSuccess: () => {
      setPlages([])
      setMotif('')
    },
  })
  const carnets = countPlages(plages) ?? 0
  const missing = carnets === 0 ? 'Ajoutez d’abord des carnets à la liste.' : motif.trim() === '' ? 'Indiquez le motif.' : null
  return (
    <Page
      titre="Demander une annulation"
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.annulations(), label: 'Annulations de carnets' },
      ]}
      intro="Seuls des carnets jamais utilisés s’annulent. Rien ne change avant la décision d’une autre personne."
      etroit
    >
      {ask.isSuccess && (
        <Notice tone="bien" live="status" titre={`Annulation de ${plural(ask.data.carnets, 'carnet')} demandée.`}>
          Une autre personne de votre équipe la confirme ou la refuse.
        </Notice>
      )}
      <RefusalNotice error={ask.error} />
      <Card>
        <PlagesField legende="Carnets à annuler" value={plages} onChange={setPlages} />
        <TextAreaField
          label="Motif"
          aide="Exemple : carnets détruits par un dégât des eaux. Sans nom de personne."
          rows={2}
          maxLength={300}
          value={motif}
          onChange={({ target }) => setMotif(target.value)}
        />
        <ButtonRow>
          <Button
            icon={Send}
            pending={ask.isPending}
            disabledReason={whyNot('carnet:cancel') ?? missing}
            onClick={() => ask.mutate({ body: { plages, motif: motif.trim() } })}
          >
            {carnets > 0 ? `Demander l’annulation de ${plural(carnets, 'carnet')}` : 'Demander l’annulation'}
          </Button>
          <LinkButton variant="second" to={paths.annulations()}>
            Voir les annulations
          </LinkButton>
        </ButtonRow>
      </Card>
    </Page>
  )
}
