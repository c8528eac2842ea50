import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { reach, reaches } from '../../platform/reach.ts'

export type LieuNomme = { id: string; nom: string; commune: string }

/** Names of lieux, by name; one that is no longer published is left out. */
export const namesOfLieux = async (ctx: Ctx, ids: readonly string[]): Promise<LieuNomme[]> => {
  const rows = await ctx.db.lieu.findMany({
    where: { id: { in: [...ids] }, AND: [reach(ctx, 'lieu')] },
    select: { id: true, nom: true, nomCommune: true },
    orderBy: [{ nom: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, nom, nomCommune }) => ({ id, nom, commune: nomCommune }))
}

/** Ids of the lieux of a convention's own list; none for who does not read the list. */
export const lieuIdsOf = async (ctx: Ctx, conventionId: string): Promise<string[]> => {
  if (!reaches(ctx, 'convention_lieu')) return []
  const rows = await ctx.db.conventionLieu.findMany({
    where: { conventionId, ...reach(ctx, 'convention_lieu') },
    select: { lieuId: true },
    orderBy: { lieuId: 'asc' },
  })
  return rows.map(({ lieuId }) => lieuId)
}

/** Lieux of a list exist and are published. `kept`: the ones of the list before, which may have closed since. */
export const requireLieux = async (ctx: Ctx, ids: readonly string[], kept: readonly string[] = []): Promise<void> => {
  const asked = [...new Set(ids)].filter((id) => !kept.includes(id))
  const known = asked.length === 0 ? [] : await namesOfLieux(ctx, asked)
  const message = 'Choisissez les lieux dans la liste : l’un d’eux n’existe plus ou n’est plus publié.'
  enforce(known.length === asked.length ? null : refuse('convention_invalide', message, [{ chemin: 'lieux', message }]))
}
