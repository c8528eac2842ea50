import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { receptionOf } from '@pass/domain/colis.ts'
import { parseEtiquette } from '@pass/domain/etiquettes.ts'
import { whyNotReceive } from '@pass/domain/lots.ts'
import { plural } from '@pass/domain/money.ts'
import { countOf, joined, type Plage } from '@pass/domain/plages.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Plage as PlageOf } from '@pass/web/modules/carnets/plage.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { PackageCheck } from 'lucide-react'
import type { ActProps } from './act-props.ts'
import { ArrivedLabels, rangeOf } from './arrived-labels.tsx'
import { COMMANDE_READS } from './commande-refresh.ts'
import { MissingCarnets } from './missing-carnets.tsx'

const rangesOf = (textes: readonly string[]): Plage[] =>
  textes.flatMap((texte) => {
    const label = parseEtiquette(texte)
    if (label.ok) return label.etiquette
    const read = parseSerie(texte)
    return read.ok ? { premiere: read.serie, derniere: read.serie } : []
  })

/** Counting what arrived, by its labels or by hand: what is missing is blocked and claimed in the same gesture. */
export const ReceptionPanel = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const production = useProduction(commande.id)
  const form = useContractForm(commandeRoutes.receiveCommande, {
    params: { commandeId: commande.id },
    defaultValues: { manquants: [] as string[], etiquettes: [] as string[] },
    invalidates: COMMANDE_READS,
    onSuccess: ({ recus }) =>
      onDone(`${plural(recus ?? 0, 'carnet reçu', 'carnets reçus')}. Attribuez-les aux prescripteurs depuis le stock.`),
  })
  const manquants = form.value('manquants')
  const etiquettes = form.value('etiquettes')
  const { lot } = commande
  const colis = commande.colis === null ? '' : `${plural(commande.colis, 'carton')}, `
  if (!lot) return null
  const counted = receptionOf(rangeOf(lot), { etiquettes: rangesOf(etiquettes.value ?? []), manquants: rangesOf(manquants.value ?? []) })
  const missing = countOf(counted.manquants)
  return (
    <Card titre="Recevoir les carnets">
      <Form form={form} label="Recevoir les carnets">
        <p>
          Annoncés : {colis}
          {plural(commande.quantite, 'carnet')}.
        </p>
        <p className="petit">
          <PlageOf premiere={lot.seriePremiere} derniere={lot.serieDerniere} />
        </p>
        <h3>Ce qui est arrivé</h3>
        <ArrivedLabels etiquettes={etiquettes.value ?? []} onChange={etiquettes.onChange} lot={lot} colis={production?.colis ?? []} />
        <h3>Ce qui manque</h3>
        <MissingCarnets manquants={manquants.value ?? []} onChange={manquants.onChange} lot={lot} />
        {missing > 0 && (
          <Notice tone="attente" titre={`${plural(missing, 'carnet manquant', 'carnets manquants')}.`}>
            {`${missing > 1 ? 'Ils seront bloqués' : 'Il sera bloqué'} et réclamé${missing > 1 ? 's' : ''} à l’opérateur.`}
          </Notice>
        )}
        <SubmitButton icon={PackageCheck} disabledReason={whyNot('commande:receive', whyNotReceive(commande))}>
          {missing === 0 ? 'Tout est arrivé' : `Recevoir ${plural(countOf(joined(counted.recus)), 'carnet')}`}
        </SubmitButton>
      </Form>
    </Card>
  )
}
