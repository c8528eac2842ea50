import { refuse, type Refusal } from '@pass/domain/refusal.ts'
import { plural } from '@pass/domain/money.ts'
import { enforce } from '../../platform/errors.ts'
import type { HeldBordereau } from './hold-selection.ts'

/** All or nothing: one refused bordereau refuses the selection, and each one in fault says why. */
export const enforceAll = (
  held: readonly HeldBordereau[],
  bordereauIds: readonly string[],
  whyNot: (bordereau: HeldBordereau) => Refusal | null,
): void => {
  const refusals = held.flatMap((one) => {
    const refusal = whyNot(one)
    return refusal ? [{ ...refusal, reference: one.reference, rang: bordereauIds.indexOf(one.id) }] : []
  })
  const [first] = refusals
  if (!first) return
  if (bordereauIds.length === 1) enforce(refuse(first.code, first.message))
  const erreurs = refusals.map(({ code, message, reference, rang }) => ({
    chemin: `bordereauIds.${rang}`,
    message: `${reference} : ${message}`,
    code,
  }))
  enforce(
    refuse(
      first.code,
      `${plural(refusals.length, 'bordereau empêche', 'bordereaux empêchent')} cette action : rien n’a changé. Le premier est ${first.reference}. ${first.message}`,
      erreurs,
    ),
  )
}

/** What a selection is worth, said once it is done. */
export const worthOf = (held: readonly HeldBordereau[]) => ({
  bordereaux: held.length,
  montantCentimes: held.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0),
})
