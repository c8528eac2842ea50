import type { Commande } from '@pass/contracts/commandes.ts'
import { whyNotActivateCarnets } from '@pass/domain/activations.ts'
import { plural } from '@pass/domain/money.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { lockFonds, post } from '../comptabilite/public.ts'
import { noteEtape } from './move-commande.ts'
import { getCommande } from './queries.ts'

type Segment = { activation_id: string; carnets: number; montant_centimes: bigint }

const activate = (ctx: Ctx, commande: Commande, carnets: number) =>
  ctx.db.$queryRaw<Segment[]>`
    select activation_id, carnets, montant_centimes from activate_carnets(${commande.collectivite.id}::uuid, ${commande.lot!.id}::uuid, ${carnets}::int,
      ${commande.numeroMandat}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`

/** Gives carnets their value, from the first one received and not blocked, within the funds received: `fonds → circulation`. */
export const activateCarnets = async (ctx: Ctx, { commandeId, carnets }: { commandeId: string; carnets: number }) => {
  const { collectivite, convention } = await getCommande(ctx, { commandeId })
  const books = { collectiviteId: collectivite.id, conventionId: convention.id }
  // one activation of a convention at a time: what follows is read under the lock of its funds
  const fondsCentimes = await lockFonds(ctx, books)
  const commande = await getCommande(ctx, { commandeId })
  enforce(
    whyNotActivateCarnets({
      statutCommande: commande.statut,
      numeroMandat: commande.numeroMandat,
      carnets,
      activables: commande.carnetsActivables,
      fondsCentimes,
      valeurCarnetCentimes: commande.carnetTaille * commande.valeurFacialeCentimes,
    }),
  )
  const segments = await activate(ctx, commande, carnets)
  // a carnet blocked at the same instant is skipped: nothing is activated rather than fewer than asked
  won(segments.reduce((sum, segment) => sum + segment.carnets, 0) === carnets ? carnets : 0)
  await post(
    ctx,
    segments.map(({ activation_id: objetId, montant_centimes }) => ({
      ...books,
      operateurId: commande.operateur.id,
      motif: 'activation',
      objetId,
      montantCentimes: Number(montant_centimes),
    })),
  )
  await noteEtape(ctx, commande, { acte: 'activation', commentaire: plural(carnets, 'carnet') })
  return getCommande(ctx, { commandeId })
}
