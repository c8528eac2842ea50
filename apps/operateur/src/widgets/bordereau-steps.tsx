import type { Bordereau } from '@pass/contracts/bordereaux.ts'
import { BORDEREAU_LABELS, BORDEREAU_STATUTS, type BordereauStatut } from '@pass/domain/bordereaux.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { type Etape, Timeline } from '@pass/web/ui/timeline.tsx'
import { Instant } from '@pass/web/ui/values.tsx'

/** True when the bordereau has reached this statut; one that the bank refused was sent, and never paid. */
export const hasReached = ({ statut }: Pick<Bordereau, 'statut'>, step: BordereauStatut): boolean =>
  BORDEREAU_STATUTS.indexOf(statut === 'rejete' ? 'transmis' : statut) >= BORDEREAU_STATUTS.indexOf(step)

const STEPS: readonly { statut: BordereauStatut; droit: Droit }[] = [
  { statut: 'controle', droit: 'bordereau:check' },
  { statut: 'approuve', droit: 'bordereau:approve' },
  { statut: 'transmis', droit: 'bordereau:release' },
  { statut: 'paye', droit: 'bordereau:pay' },
]

const whose = (droit: Droit): string =>
  rolesWith(droit)
    .map((role) => ROLE_LABELS[role])
    .join(', ')

/** Who did what and when, then what is left and whose it is. */
export const BordereauSteps = ({ bordereau }: { bordereau: Bordereau }) => {
  const past = bordereau.etapes.map(({ action, acteur, at }): Etape => ({
    titre: action,
    etat: action === BORDEREAU_LABELS.rejete ? 'refus' : 'fait',
    detail: <Instant at={at} />,
    acteur,
  }))
  const left = (bordereau.statut === 'rejete' ? [] : STEPS)
    .filter(({ statut }) => !hasReached(bordereau, statut))
    .map(({ statut, droit }, rank): Etape => ({
      titre: BORDEREAU_LABELS[statut],
      etat: rank === 0 ? 'encours' : 'attente',
      acteur: whose(droit),
    }))
  return <Timeline etapes={[...past, ...left]} />
}
