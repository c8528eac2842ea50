import type { Convention, ConventionSummary } from '@pass/contracts/conventions.ts'
import type { ConventionEtape } from '@pass/contracts/conventions-versions.ts'
import { CONVENTION_ETAPE_LABELS, type ConventionEtapeAction } from '@pass/domain/convention-fin.ts'
import type { Ctx } from '../../platform/context.ts'
import { reach, reaches } from '../../platform/reach.ts'
import { getConvention } from './queries.ts'

type Said = { detail?: string | null; motif?: string | null }
type Of = Pick<ConventionSummary, 'id' | 'statut' | 'collectivite'> & Pick<Convention, 'operateur'>

/** Leaves a line in the history of a convention, in the transaction of what happened. */
export const keepEtape = async (ctx: Ctx, convention: Of, action: ConventionEtapeAction, { detail = null, motif = null }: Said = {}) => {
  const { prenom, nom, organisationNom } = ctx.actor
  // no read of the row back: the ANCT and the collectivité write it, whoever they are to each other
  await ctx.db.conventionEtape.createMany({
    data: {
      collectiviteId: convention.collectivite.id,
      conventionId: convention.id,
      operateurId: convention.operateur.id,
      action,
      statut: convention.statut,
      detail,
      motif,
      organisation: organisationNom,
      acteur: `${prenom} ${nom}`,
      at: ctx.now,
    },
  })
}

/** The history of a convention, the last line first; a financeur reads none. */
export const listConventionEtapes = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<{ items: ConventionEtape[] }> => {
  await getConvention(ctx, { conventionId })
  if (!reaches(ctx, 'convention_etape')) return { items: [] }
  const rows = await ctx.db.conventionEtape.findMany({
    where: { conventionId, ...reach(ctx, 'convention_etape') },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 500,
  })
  return {
    items: rows.map(({ id, action, detail, motif, organisation, acteur, at }) => ({
      cle: id,
      action: action as ConventionEtapeAction,
      titre: CONVENTION_ETAPE_LABELS[action as ConventionEtapeAction],
      detail,
      motif,
      organisation,
      acteur,
      at: at.toISOString(),
    })),
  }
}
