import type { FinanceurDraft } from '@pass/domain/convention-termes.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'

/** The operator of a convention is one of the list. */
export const requireOperateur = async (ctx: Ctx, operateurId: string): Promise<void> => {
  const message = 'Choisissez l’opérateur dans la liste.'
  const operateur = await ctx.db.organisation.findFirst({ where: { id: operateurId, type: 'operateur' } })
  enforce(operateur ? null : refuse('convention_invalide', message, [{ chemin: 'operateurId', message }]))
}

/** Financeurs that have an account here, found by their name: they read the convention they pay. */
export const accountsOf = async (ctx: Ctx, financeurs: readonly FinanceurDraft[]): Promise<Map<string, string>> => {
  const noms = financeurs.filter(({ nature }) => nature === 'fse' || nature === 'prive').map(({ nom }) => nom)
  const rows = await ctx.db.organisation.findMany({ where: { type: 'financeur', nom: { in: noms } }, select: { id: true, nom: true } })
  return new Map(rows.map(({ id, nom }) => [nom, id]))
}

/** The financeurs as the functions of the database write them, ranked as they were typed, and who of them has an account. */
export const partsOf = async (ctx: Ctx, financeurs: readonly FinanceurDraft[]) => {
  const accounts = await accountsOf(ctx, financeurs)
  const rows = financeurs.map((one, i) => ({ rang: i + 1, ...one, financeurId: accounts.get(one.nom) ?? null }))
  return { rows: JSON.stringify(rows), ids: [...new Set(accounts.values())] }
}
