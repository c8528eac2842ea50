import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
import { whyNotAcknowledgeAttribution, whyNotCancelAttribution } from '@pass/domain/attributions.ts'
import { formatRange, parseSerie } from '@pass/domain/references.ts'
import { plural } from '@pass/domain/money.ts'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useApiMutation } from '../../api.ts'
import { useWhyNot } from '../../reason.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

/** Everything that the move of a parcel changes. */
export const ATTRIBUTION_READS = [
  attributionRoutes.getAttribution,
  carnetRoutes.listAttributions,
  carnetRoutes.listCarnets,
  carnetRoutes.getCarnet,
  carnetRoutes.findCarnet,
  carnetRoutes.getStock,
  accueilRoutes.getAccueil,
] as const

type Props = { attribution: Attribution; onDone: (fact: string) => void }

const serieOf = (text: string): number => {
  const read = parseSerie(text)
  return read.ok ? read.serie : 0
}

const counted = ({ carnets, nombrePlages, seriePremiere, serieDerniere }: Attribution): string =>
  nombrePlages > 1 || carnets === 1
    ? `J’ai compté ${plural(carnets, 'carnet')}${carnets === 1 ? `\u00a0: ${seriePremiere}` : ', et lu leurs numéros'}.`
    : `J’ai compté ${plural(carnets, 'carnet')}, de ${formatRange(serieOf(seriePremiere), serieOf(serieDerniere))}.`

/** The receiver counts before answering for the carnets: the box is the whole of the check. */
export const AcknowledgeAttribution = ({ attribution, onDone }: Props) => {
  const whyNot = useWhyNot()
  const { carnets, sens, expediteur } = attribution
  const acknowledge = useApiMutation(carnetRoutes.acknowledgeAttribution, {
    invalidates: ATTRIBUTION_READS,
    onSuccess: () =>
      onDone(
        `${plural(carnets, 'carnet reçu', 'carnets reçus')}. ${sens === 'retour' ? 'Ils sont de nouveau en réserve.' : 'Ils sont dans votre stock.'}`,
      ),
  })
  const [isCounted, setCounted] = useState(false)
  return (
    <ConfirmDialog
      label="Confirmer la réception"
      variant="principal"
      disabledReason={whyNot('carnet:acknowledge', whyNotAcknowledgeAttribution(attribution))}
      titre={`Confirmer la réception ${attribution.reference} ?`}
      action={`Confirmer ${plural(carnets, 'carnet reçu', 'carnets reçus')}`}
      actionReason={isCounted ? null : 'Comptez les carnets, puis cochez.'}
      onConfirm={() => acknowledge.mutateAsync({ params: { attributionId: attribution.id } })}
    >
      <p>
        {sens === 'retour'
          ? 'Après cette confirmation, les carnets sont de nouveau dans votre réserve.'
          : 'Après cette confirmation, votre équipe répond de ces carnets et peut les remettre.'}
      </p>
      <CheckboxField label={counted(attribution)} checked={isCounted} onChange={({ target }) => setCounted(target.checked)} />
      <p className="doux petit">Le compte n’est pas bon&nbsp;? Renoncez, et appelez {expediteur.nom}.</p>
    </ConfirmDialog>
  )
}

/** The sender changed its mind, or the parcel is lost: the carnets never left its hands. */
export const RecallAttribution = ({ attribution, onDone }: Props) => {
  const whyNot = useWhyNot()
  const { carnets, reference, expediteur, destinataire } = attribution
  const recall = useApiMutation(attributionRoutes.cancelAttribution, {
    invalidates: ATTRIBUTION_READS,
    onSuccess: () => onDone(`Envoi ${reference} rappelé. Les carnets restent chez ${expediteur.nom}.`),
  })
  return (
    <ConfirmDialog
      label="Rappeler l’envoi"
      icon={Undo2}
      disabledReason={whyNot('carnet:transfer', whyNotCancelAttribution(attribution))}
      titre={`Rappeler l’envoi ${reference} ?`}
      action={`Rappeler ${plural(carnets, 'carnet')}`}
      onConfirm={() => recall.mutateAsync({ params: { attributionId: attribution.id } })}
    >
      <p>
        {destinataire.nom} n’aura plus rien à confirmer et en est averti. Faites-le seulement si les carnets ne sont pas partis, ou s’ils
        sont revenus.
      </p>
    </ConfirmDialog>
  )
}
