import type { Echeance } from '@pass/contracts/echeances.ts'
import { PARTIES, whyNotEtablirReleve } from '@pass/domain/echeance-suivi.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { comptesOf } from './comptes.ts'
import { getEcheance, type LotSuivi, readSuivi } from './queries.ts'
import { ensureEcheance, lockEcheances } from './rows.ts'
import { comptesInWords, tellParties } from './tell.ts'

/** Fixes the counts of a lot under the next version of its statement; signatures of an older one no longer hold. */
export const writeReleve = async (ctx: JobCtx, lot: LotSuivi, echeanceId: string): Promise<void> => {
  const { collectiviteId, statut, releveVersion } = lot
  const { comptes, pass } = await comptesOf(ctx, lot)
  const { count } = await ctx.db.echeance.updateMany({
    where: { collectiviteId, id: echeanceId, statut, releveVersion },
    data: { ...comptes, ...pass, statut: 'releve', releveVersion: releveVersion + 1, releveJour: dbDate(ctx.today) },
  })
  won(count)
}

/** The operator writes the joint statement, again if the counts have moved; both sides are asked to sign it. */
export const establishReleve = async (ctx: Ctx, { lotId }: { lotId: string }): Promise<Echeance> => {
  enforce(whyNotEtablirReleve(await readSuivi(ctx, lotId), ctx.today))
  const echeanceId = await ensureEcheance(ctx, await readSuivi(ctx, lotId))
  await lockEcheances(ctx, lotId)
  const lot = await readSuivi(ctx, lotId)
  enforce(whyNotEtablirReleve(lot, ctx.today))
  await writeReleve(ctx, lot, echeanceId)
  const made = await getEcheance(ctx, { lotId })
  await fact(ctx, { sujet: 'echeance.relevee', collectiviteId: lot.collectiviteId, objet: { lotId, version: made.releve!.version } })
  await tellParties(ctx, lot, PARTIES, {
    code: 'echeance_releve',
    titre: 'relevé commun à signer',
    texte: `${comptesInWords(made.releve!.comptes)} Relisez le relevé, puis signez-le.`,
  })
  return made
}
