import { MOTIF_BLOCAGE_LABELS, type MotifBlocage } from '@pass/domain/carnets.ts'
import { whyNotBlock } from '@pass/domain/carnet-moves.ts'
import { whyNotActOnPlages } from '@pass/domain/oppositions.ts'
import type { Plage, PlageSaisie } from '@pass/domain/plages.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { BLOQUABLES, inPlages, lockPlages, moveCarnets, plagesFrom, sumOf } from './plages.ts'

/** Stops locked carnets, wherever each of them was: it goes back there when it is found. */
export const stopPlages = (ctx: Ctx, plages: readonly Plage[], motif: MotifBlocage, histoire: string) =>
  moveCarnets(
    ctx,
    'bloque',
    histoire,
    sql`update carnet c set statut = 'bloque', statut_avant_blocage = c.statut, motif_blocage = ${motif}
         where ${inPlages(ctx, plages)} and c.statut = any (${[...BLOQUABLES]}::text[])`,
  )

type Input = { plages: readonly PlageSaisie[]; motif: MotifBlocage; reference: string | null }

/** Stops at once, everywhere, a box or a list of carnets. Those stopped already, or over, are left as they are, and counted. */
export const blockPlages = async (ctx: Ctx, { plages: saisies, motif, reference }: Input) => {
  const { plages, carnets: demandes } = plagesFrom(saisies)
  enforce(whyNotBlock({ statut: 'attribue', motif, reference }))
  const rows = await lockPlages(ctx, plages)
  enforce(whyNotActOnPlages({ demandes, trouves: sumOf(rows), possibles: sumOf(rows, BLOQUABLES) }, 'bloquer'))
  const histoire = [MOTIF_BLOCAGE_LABELS[motif], reference?.trim()].filter(Boolean).join(', ')
  const moved = await stopPlages(ctx, plages, motif, histoire)
  for (const { collectivite_id: collectiviteId, carnets } of moved)
    await fact(ctx, { sujet: 'carnets.bloques', collectiviteId, objet: { motif, carnets } })
  const carnets = moved.reduce((sum, row) => sum + row.carnets, 0)
  return { carnets, laisses: demandes - carnets }
}
