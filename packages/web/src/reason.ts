import type { Droit } from '@pass/domain/droits.ts'
import { REFUSAL_MESSAGES, type Refusal } from '@pass/domain/refusal.ts'
import { useCan } from './session.tsx'

/** `whyNot('commande:sign', whyNotCommande(…))`: the sentence of a blocked button, the role's limit first, then the rule's. */
export const useWhyNot = (): ((droit: Droit, refusal?: Refusal | null) => string | null) => {
  const can = useCan()
  return (droit, refusal = null) => (can(droit) ? (refusal?.message ?? null) : REFUSAL_MESSAGES.droit_absent)
}
