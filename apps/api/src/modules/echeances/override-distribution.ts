import type { Echeance } from '@pass/contracts/echeances.ts'
import { arretOf, whyNotDeroger } from '@pass/domain/echeance-suivi.ts'
import { rangeSize } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { countWaiting, markDerogation, serieFrom } from '../distribution/public.ts'
import { getEcheance, readSuivi } from './queries.ts'
import { ensureEcheance } from './rows.ts'

type Override = { lotId: string; premier: string; dernier: string | null; motif: string }

/** The written word of the collectivité: these carnets may still be handed over, and their use is charged to it alone. */
export const overrideDistribution = async (ctx: Ctx, { lotId, premier, dernier, motif }: Override): Promise<Echeance> => {
  const de = serieFrom(premier)
  const a = dernier === null ? de : serieFrom(dernier)
  const lot = await readSuivi(ctx, lotId)
  const { collectiviteId, operateurId, dateFin, statut, accords } = lot
  const range = { collectiviteId, lotId, de, a }
  const demandes = rangeSize(de, a)
  const accord = accords.find(({ etape }) => etape === 'arret_distribution')
  enforce(
    whyNotDeroger(
      { statut, dateFin, arret: arretOf(dateFin, accord?.jour ?? null), demandes, remettables: await countWaiting(ctx, range) },
      ctx.today,
    ),
  )
  const echeanceId = await ensureEcheance(ctx, lot)
  const { id } = await ctx.db.derogation.create({
    data: {
      collectiviteId,
      echeanceId,
      operateurId,
      seriePremiere: de,
      serieDerniere: a,
      carnets: demandes,
      motif,
      jour: dbDate(ctx.today),
      acteur: `${ctx.actor.prenom} ${ctx.actor.nom}`,
      utilisateurId: ctx.actor.utilisateurId,
      at: ctx.now,
    },
  })
  // one of them was blocked or marked at the same instant: then none is
  won((await markDerogation(ctx, range, id)) === demandes ? 1 : 0)
  await fact(ctx, { sujet: 'echeance.derogee', collectiviteId, objet: { lotId, derogationId: id, carnets: demandes } })
  return getEcheance(ctx, { lotId })
}
