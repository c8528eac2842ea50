import type { MouvementType } from '@pass/domain/carnet-moves.ts'
import type { Ctx } from '../../platform/context.ts'

export type Mouvement = {
  type: MouvementType
  collectiviteId: string
  conventionId: string
  lotId: string
  operateurId: string
  prescripteurId: string | null
  seriePremiere: number
  serieDerniere: number
  carnets: number
  motif?: string | null
}

/** One line of the history of custody: who did what to which range. It is never changed. */
export const recordMouvement = async ({ db, actor, now }: Ctx, move: Mouvement) => {
  await db.$executeRaw`
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
    values (${move.collectiviteId}::uuid, uuidv7(), ${move.type}, ${move.conventionId}::uuid, ${move.lotId}::uuid, ${move.operateurId}::uuid, ${move.prescripteurId}::uuid,
      ${move.seriePremiere}::bigint, ${move.serieDerniere}::bigint, ${move.carnets}::int, ${move.motif ?? null}, ${actor.utilisateurId}::uuid, ${now})`
}
