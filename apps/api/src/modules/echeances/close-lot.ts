import type { Echeance } from '@pass/contracts/echeances.ts'
import { cut, EN_ARRIERE_PLAN } from '@pass/domain/colis.ts'
import { PARTIES, whyNotClore } from '@pass/domain/echeance-suivi.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { JobCtx, Task } from '../../platform/jobs/job.ts'
import { post } from '../comptabilite/public.ts'
import { expireCarnets } from '../distribution/public.ts'
import { comptesOf } from './comptes.ts'
import { closeKeyOf, getEcheance, type LotSuivi, readAvoir, readSuivi } from './queries.ts'
import { lockEcheances } from './rows.ts'
import { tellParties } from './tell.ts'
import { writeAvoir } from './write-avoir.ts'

/** Carnets that end in one transaction. */
const CHUNK = 5_000

/** The carnets of a range end; what they were still worth leaves the circulation. A second time, nothing is left to move. */
const expireRange = async (ctx: JobCtx, lot: LotSuivi, de: number, a: number): Promise<void> => {
  const { collectiviteId, conventionId, operateurId, lotId, valeur, echeanceId } = lot
  const pass = await expireCarnets(ctx, { collectiviteId, lotId, de, a })
  if (pass === 0) return
  await post(ctx, [
    { collectiviteId, conventionId, operateurId, motif: 'expiration', montantCentimes: pass * valeur, objetId: echeanceId! },
  ])
}

/** Every carnet has ended: the avoir is made, the lot is closed, both sides are told. */
const finish = async (ctx: JobCtx, lot: LotSuivi): Promise<void> => {
  const { collectiviteId, lotId, statut } = lot
  const echeanceId = lot.echeanceId!
  await writeAvoir(ctx, lot, echeanceId)
  const { count } = await ctx.db.echeance.updateMany({
    where: { collectiviteId, id: echeanceId, statut },
    data: { statut: 'close', closAt: ctx.now, ...(statut === 'releve' && { closPar: ctx.actor.utilisateurId }) },
  })
  won(count)
  await fact(ctx, { sujet: 'lot.clos', collectiviteId, objet: { lotId, echeanceId } })
  const avoir = await readAvoir(ctx, echeanceId)
  await tellParties(ctx, lot, PARTIES, {
    code: 'lot_clos',
    categorie: 'argent',
    titre: avoir ? `avoir ${avoir.numero} de ${euros(avoir.montantCentimes)}` : 'lot clos sans avoir',
    texte: avoir
      ? `${pluralPass(avoir.passExpires + avoir.passAnnules)} jamais utilisés sont rendus, à leur valeur faciale, selon la clé de la convention.`
      : 'Tous les pass activés de ce lot ont été utilisés : il n’y a rien à rendre.',
  })
}

/** Closes a signed lot: at once when it is small, by a job otherwise. */
export const closeLot = async (ctx: Ctx, { lotId }: { lotId: string }): Promise<Echeance> => {
  await readSuivi(ctx, lotId)
  await lockEcheances(ctx, lotId)
  const lot = await readSuivi(ctx, lotId)
  const { pass: actuels } = await comptesOf(ctx, lot)
  enforce(whyNotClore({ ...lot, signes: lot.releve?.pass ?? null, actuels }, ctx.today))
  if (lot.quantite > EN_ARRIERE_PLAN) {
    await ctx.db.echeance.updateMany({
      where: { collectiviteId: lot.collectiviteId, id: lot.echeanceId!, statut: 'releve' },
      data: { statut: 'cloture', closPar: ctx.actor.utilisateurId },
    })
    await enqueue(ctx, 'close-lot', { lotId }, closeKeyOf(lotId))
  } else {
    await expireRange(ctx, lot, lot.de, lot.a)
    await finish(ctx, lot)
  }
  return getEcheance(ctx, { lotId })
}

const Payload = z.object({ lotId: z.uuid() })

/** Closes a large lot, a part after the other. Stopped in the middle, it goes on from what is left; done, it changes nothing. */
export const closeLotTask: Task = async (job) => {
  const { lotId } = Payload.parse(job.payload)
  const lot = await job.read((ctx) => readSuivi(ctx, lotId))
  if (lot.statut !== 'cloture') return
  let done = 0
  for (const { premiere, derniere } of cut({ premiere: lot.de, derniere: lot.a }, CHUNK)) {
    await job.write({ lotId }, (ctx) => expireRange(ctx, lot, premiere, derniere))
    done += derniere - premiere + 1
    await job.progress(done, lot.quantite)
  }
  await job.write({ lotId }, async (ctx) => {
    await lockEcheances(ctx, lotId)
    const last = await readSuivi(ctx, lotId)
    if (last.statut === 'cloture') await finish(ctx, last)
  })
}
