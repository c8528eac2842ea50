import { type CarnetStatut, unblockAction, carnetMachine } from '@pass/domain/carnets.ts'
import { whyNotActOnPlages } from '@pass/domain/oppositions.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { STILL_ON_THE_WAY } from './on-the-way.ts'
import { inPlages, lockPlages, moveCarnets, plagesFrom, sumOf } from './plages.ts'

const KEPT: readonly CarnetStatut[] = ['remis', 'attribue']
const backTo = (statut: CarnetStatut) => carnetMachine[unblockAction(statut)].to

/** Carnets found again go back, each to where it was when it was stopped; the others of the list are left, and counted. */
export const unblockPlages = async (ctx: Ctx, { plages: saisies }: { plages: readonly PlageSaisie[] }) => {
  const { plages, carnets: demandes } = plagesFrom(saisies)
  const rows = await lockPlages(ctx, plages)
  enforce(whyNotActOnPlages({ demandes, trouves: sumOf(rows), possibles: sumOf(rows, ['bloque']) }, 'debloquer'))
  const moved = await moveCarnets(
    ctx,
    'debloque',
    null,
    sql`update carnet c set statut = case when c.statut_avant_blocage = any (${[...KEPT]}::text[]) then c.statut_avant_blocage else ${backTo('livre')} end,
               statut_avant_blocage = null, motif_blocage = null, livre_at = coalesce(c.livre_at, ${ctx.now}),
               destination_id = case when ${STILL_ON_THE_WAY} then c.destination_id end
         where ${inPlages(ctx, plages)} and c.statut = 'bloque'`,
  )
  for (const { collectivite_id: collectiviteId, carnets } of moved)
    await fact(ctx, { sujet: 'carnets.debloques', collectiviteId, objet: { carnets } })
  const carnets = moved.reduce((sum, row) => sum + row.carnets, 0)
  return { carnets, laisses: demandes - carnets }
}
