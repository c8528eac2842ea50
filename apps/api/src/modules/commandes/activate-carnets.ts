import type { Commande } from '@pass/contracts/commandes.ts'
import { whyNotActivateCarnets } from '@pass/domain/activations.ts'
import { EN_ARRIERE_PLAN } from '@pass/domain/colis.ts'
import { whyNotDistribute } from '@pass/domain/convention-fin.ts'
import { plural } from '@pass/domain/money.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, Refused, won } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { JobCtx, Task } from '../../platform/jobs/job.ts'
import { reach } from '../../platform/reach.ts'
import { lockFonds, post } from '../comptabilite/public.ts'
import { getConvention } from '../conventions/public.ts'
import { isRunning, lotKeyOf } from './lot-task.ts'
import { noteEtape } from './move-commande.ts'
import { getCommande } from './queries.ts'

type Segment = { activation_id: string; carnets: number; montant_centimes: bigint }
type Books = { collectiviteId: string; conventionId: string; operateurId: string }
type Part = { lotId: string; carnets: number; numeroMandat: string | null } & Books

/** Gives carnets their value, from the first one received and not blocked: `fonds → circulation`. The caller holds the funds. */
const activate = async (ctx: JobCtx, { lotId, carnets, numeroMandat, ...books }: Part): Promise<void> => {
  const segments = await ctx.db.$queryRaw<Segment[]>`
    select activation_id, carnets, montant_centimes from activate_carnets(${books.collectiviteId}::uuid, ${lotId}::uuid, ${carnets}::int,
      ${numeroMandat}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`
  // a carnet blocked at the same instant is skipped: nothing is activated rather than fewer than asked
  won(segments.reduce((sum, segment) => sum + segment.carnets, 0) === carnets ? carnets : 0)
  await post(
    ctx,
    segments.map(({ activation_id: objetId, montant_centimes }) => ({
      ...books,
      motif: 'activation' as const,
      objetId,
      montantCentimes: Number(montant_centimes),
    })),
  )
}

const booksOf = ({ collectivite, convention, operateur }: Commande): Books => ({
  collectiviteId: collectivite.id,
  conventionId: convention.id,
  operateurId: operateur.id,
})

const whyNot = (commande: Commande, carnets: number, fondsCentimes: number) =>
  whyNotActivateCarnets({
    statutCommande: commande.statut,
    numeroMandat: commande.numeroMandat,
    carnets,
    activables: commande.carnetsActivables,
    fondsCentimes,
    valeurCarnetCentimes: commande.carnetTaille * commande.valeurFacialeCentimes,
  })

const ACTIVATION_EN_COURS = refuse('commande_statut', 'Une activation de ces carnets est en cours. Attendez qu’elle soit terminée.')

/** Activates carnets within the funds received: at once when they are few, by a job otherwise, a part of them after the other. */
export const activateCarnets = async (ctx: Ctx, { commandeId, carnets }: { commandeId: string; carnets: number }) => {
  // one activation of a convention at a time: what follows is read under the lock of its funds
  const fondsCentimes = await lockFonds(ctx, booksOf(await getCommande(ctx, { commandeId })))
  const commande = await getCommande(ctx, { commandeId })
  const { lot, numeroMandat } = commande
  enforce(whyNotDistribute((await getConvention(ctx, { conventionId: commande.convention.id })).statut))
  enforce(whyNot(commande, carnets, fondsCentimes))
  const lotId = lot!.id
  if (await isRunning(ctx, 'activate', lotId)) throw new Refused(ACTIVATION_EN_COURS)
  const isLarge = carnets > EN_ARRIERE_PLAN
  if (isLarge) {
    const cible = commande.activations.reduce((sum, activation) => sum + activation.carnets, 0) + carnets
    await enqueue(ctx, 'activate-lot', { commandeId, lotId, cible }, lotKeyOf('activate', lotId))
  } else await activate(ctx, { lotId, carnets, numeroMandat, ...booksOf(commande) })
  await noteEtape(ctx, commande, { acte: 'activation', commentaire: plural(carnets, 'carnet') + (isLarge ? ', en plusieurs fois' : '') })
  return getCommande(ctx, { commandeId })
}

const Payload = z.object({ commandeId: z.uuid(), lotId: z.uuid(), cible: z.int() })

/** The next part of an activation: how many carnets are active afterwards. */
const activateNext = async (ctx: JobCtx, { commandeId, lotId, cible }: z.infer<typeof Payload>): Promise<number> => {
  const commande = found(await ctx.db.commande.findFirst({ where: { id: commandeId, ...reach(ctx, 'commande') } }))
  const { collectiviteId, conventionId, operateurId, numeroMandat } = commande
  const fondsCentimes = await lockFonds(ctx, { collectiviteId, conventionId })
  const done = await ctx.db.activation.aggregate({ where: { lotId, ...reach(ctx, 'activation') }, _sum: { carnets: true } })
  const actives = done._sum.carnets ?? 0
  const carnets = Math.min(EN_ARRIERE_PLAN, cible - actives)
  if (carnets <= 0) return actives
  const valeur = carnets * commande.carnetTaille * commande.valeurFacialeCentimes
  if (fondsCentimes < valeur) throw new Refused(refuse('couverture_insuffisante'))
  await activate(ctx, { lotId, carnets, numeroMandat, collectiviteId, conventionId, operateurId })
  return actives + carnets
}

/** Activates a large number of carnets; each part is whole, and covered. Stopped in the middle, it goes on from what is active. */
export const activateLotTask: Task = async (job) => {
  const asked = Payload.parse(job.payload)
  for (let actives = 0; actives < asked.cible;) {
    actives = await job.write({ commandeId: asked.commandeId, lotId: asked.lotId }, (ctx) => activateNext(ctx, asked))
    await job.progress(actives, asked.cible)
  }
}
