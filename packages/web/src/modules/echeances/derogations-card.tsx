import { type Echeance, echeanceRoutes } from '@pass/contracts/echeances.ts'
import { whyNotDeroger } from '@pass/domain/echeance-suivi.ts'
import { formatDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { useContractForm } from '../../form.ts'
import { useWhyNot } from '../../reason.ts'
import { today, useSession } from '../../session.tsx'
import { Card } from '../../ui/card.tsx'
import { Form } from '../../ui/form.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { TextAreaField, TextField } from '../../ui/text-field.tsx'
import { Instant } from '../../ui/values.tsx'
import { Plage } from '../carnets/plage.tsx'
import { ECHEANCE_READS } from './next-act.tsx'

type Props = { echeance: Echeance; onDone: (fact: string) => void }

const OverrideForm = ({ echeance, onDone }: Props) => {
  const whyNot = useWhyNot()
  const form = useContractForm(echeanceRoutes.overrideDistribution, {
    params: { lotId: echeance.lotId },
    defaultValues: { premier: '', dernier: null, motif: '' },
    invalidates: ECHEANCE_READS,
    onSuccess: () => onDone('Dérogation enregistrée. Ces carnets peuvent être remis ; leur usage est à votre charge.'),
  })
  const { statut, dateFin, arret } = echeance
  return (
    <Form form={form} label="Nouvelle dérogation">
      <TextField
        label="Numéro du carnet, ou premier de la plage"
        aide="Exemple : PN 26-0001234-K."
        code
        autoComplete="off"
        {...form.field('premier')}
      />
      <TextField label="Dernier de la plage" facultatif code autoComplete="off" {...form.field('dernier')} />
      <TextAreaField label="Motif" aide="Exemple : rendez-vous pris avant l’arrêt." rows={2} {...form.field('motif')} />
      <SubmitButton
        variant="second"
        disabledReason={whyNot('echeance:override', whyNotDeroger({ statut, dateFin, arret, demandes: 1, remettables: 1 }, today()))}
      >
        Autoriser la remise
      </SubmitButton>
    </Form>
  )
}

/** Carnets let through after the stop, and by whom; the collectivité may write another. */
export const DerogationsCard = ({ echeance, onDone }: Props) => {
  const { organisation } = useSession()
  const { derogations, arret, statut, dateFin } = echeance
  // once the validity is over no carnet is handed over, with or without the stop
  const writes = organisation.type === 'collectivite' && arret !== null && statut === 'en_cours' && dateFin >= today()
  if (derogations.length === 0 && !writes) return null
  return (
    <Card titre="Dérogations à l’arrêt de la distribution">
      <p className="doux">
        {arret && `Distribution arrêtée à partir du ${formatDay(arret)}. `}
        L’usage d’un carnet remis par dérogation est payé en entier par la collectivité.
      </p>
      {derogations.length === 0 && <p>Aucune dérogation.</p>}
      {derogations.length > 0 && (
        <ul className="pile">
          {derogations.map(({ id, seriePremiere, serieDerniere, carnets, motif, acteur, at }) => (
            <li key={id}>
              <Plage premiere={seriePremiere} derniere={serieDerniere} /> ({plural(carnets, 'carnet')})&nbsp;: «&nbsp;{motif}&nbsp;»
              <span className="petit doux sous">
                {acteur}, <Instant at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {writes && <OverrideForm echeance={echeance} onDone={onDone} />}
    </Card>
  )
}
