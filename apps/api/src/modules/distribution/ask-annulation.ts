import { whyNotCancelCarnets } from '@pass/domain/oppositions.ts'
import type { Plage, PlageSaisie } from '@pass/domain/plages.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { getAnnulation } from './annulations.ts'
import { ANNULABLES, endsOf, lockPlages, plagesFrom, sumOf } from './plages.ts'

/** Locks the carnets and says whether all of them can be cancelled. */
export const checkCancellable = async (ctx: Ctx, plages: readonly Plage[], demandes: number) => {
  const rows = await lockPlages(ctx, plages)
  const entames = rows.reduce((sum, row) => sum + (ANNULABLES.includes(row.statut) ? row.entames : 0), 0)
  enforce(whyNotCancelCarnets({ demandes, trouves: sumOf(rows), annulables: sumOf(rows, ANNULABLES), entames }))
}

type Request = { plages: readonly Plage[]; carnets: number; motif: string; comptageId: string | null }

/** Keeps the request and tells the colleagues who may decide. */
export const recordAnnulation = async (ctx: Ctx, { plages, carnets, motif, comptageId }: Request): Promise<string> => {
  const collectiviteId = ctx.actor.organisationId
  const { de, a } = endsOf(plages)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into annulation (collectivite_id, id, series_de, series_a, carnets, motif, comptage_id, demande_par, demande_at)
    values (${collectiviteId}::uuid, uuidv7(), ${de}::bigint[], ${a}::bigint[], ${carnets}::int, ${motif}, ${comptageId}::uuid, ${ctx.actor.utilisateurId}::uuid, ${ctx.now})
    returning id`
  const annulationId = row!.id
  await fact(ctx, { sujet: 'annulation.demandee', collectiviteId, objet: { annulationId, carnets } })
  await notify(ctx, {
    organisationId: collectiviteId,
    roles: rolesWith('carnet:cancel'),
    categorie: 'suivi',
    code: 'annulation_demandee',
    titre: `Annulation de ${plural(carnets, 'carnet')} à confirmer`,
    texte: `Motif : ${motif}. Une autre personne que celle qui demande la confirme ou la refuse.`,
    lien: `${homePath('collectivite')}annulations`,
  })
  return annulationId
}

/** Asks for the cancellation of unused carnets; nothing moves until somebody else confirms. */
export const askAnnulation = async (ctx: Ctx, { plages: saisies, motif }: { plages: readonly PlageSaisie[]; motif: string }) => {
  const { plages, carnets } = plagesFrom(saisies)
  await checkCancellable(ctx, plages, carnets)
  const annulationId = await recordAnnulation(ctx, { plages, carnets, motif, comptageId: null })
  return getAnnulation(ctx, { annulationId })
}
