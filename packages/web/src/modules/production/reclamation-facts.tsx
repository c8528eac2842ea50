import type { Reclamation } from '@pass/contracts/production.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { RECLAMATION_LABELS, type ReclamationStatut } from '@pass/domain/reclamations.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Plage } from '../carnets/plage.tsx'

const TONES: Record<ReclamationStatut, Tone> = { ouverte: 'attente', acceptee: 'bien', refusee: 'refus' }
/** Ranges shown one by one; more are counted. */
const SHOWN = 5

const dayOf = (instant: string): string => formatDay(parisDay(new Date(instant)))

/** Carnets claimed from the operator, and what it answered. */
export const ReclamationFacts = ({
  reclamation: { statut, carnets, plages, ouverteAt, reponse, repondueAt },
}: {
  reclamation: Reclamation
}) => (
  <>
    <p>
      <Badge tone={TONES[statut]}>{RECLAMATION_LABELS[statut]}</Badge> {plural(carnets, 'carnet manquant', 'carnets manquants')}, signalé
      {carnets > 1 ? 's' : ''} le {dayOf(ouverteAt)}. {carnets > 1 ? 'Ils sont bloqués.' : 'Il est bloqué.'}
    </p>
    <ul className="petit">
      {plages.slice(0, SHOWN).map((plage) => (
        <li key={plage.premiere}>
          <Plage {...plage} />
        </li>
      ))}
      {plages.length > SHOWN && <li>et {plural(plages.length - SHOWN, 'autre plage', 'autres plages')}</li>}
    </ul>
    {reponse && repondueAt && (
      <p>
        Réponse du {dayOf(repondueAt)}&nbsp;: «&nbsp;{reponse}&nbsp;»
      </p>
    )}
  </>
)
