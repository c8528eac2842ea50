import { whyNotDistribute } from '@pass/domain/convention-fin.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { serieOf } from '@pass/domain/references.ts'
import { repriseMachine, whyNotApplyReprise } from '@pass/domain/reprises.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { JobCtx, Task } from '../../platform/jobs/job.ts'
import { fact } from '../../platform/facts.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { notify } from '../../platform/notify.ts'
import { lockFonds, post } from '../comptabilite/public.ts'
import { getConvention } from '../conventions/public.ts'
import { listPieces } from '../fichiers/public.ts'
import { knownLines } from './judge-reprise.ts'
import { getReprise, jobKey, OBJET, readReprise } from './queries.ts'

/** Up to this many carnets are written while the person waits. */
const AT_ONCE = 500

type Row = Awaited<ReturnType<typeof readReprise>>

/** Since the lines were judged, funds went or pass came: nothing is taken over, and the file is to be judged again. */
const spoil = async ({ db }: Ctx | JobCtx, { id, collectivite_id }: Row, message: string): Promise<void> => {
  await db.$executeRaw`update reprise set statut = ${repriseMachine.spoil.to}, message = ${message}
    where collectivite_id = ${collectivite_id}::uuid and id = ${id}::uuid and statut = 'en_cours'`
}

const honouredKnown = async (ctx: Ctx | JobCtx, row: Row): Promise<number> => {
  const known = [...(await knownLines(ctx, row))]
  const [counted] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from reprise_ligne l where l.collectivite_id = ${row.collectivite_id}::uuid and l.reprise_id = ${row.id}::uuid and l.motif is null
       and l.numero = any (${known}::int[])`
  return counted!.n
}

const tell = async (ctx: Ctx | JobCtx, row: Row): Promise<void> => {
  const objet = { repriseId: row.id, carnets: row.carnets, pass: row.honores }
  await fact(ctx, { sujet: 'reprise.appliquee', collectiviteId: row.collectivite_id, objet })
  await notify(ctx, {
    organisationId: row.collectivite_id,
    roles: rolesWith('commande:receive'),
    categorie: 'suivi',
    code: 'carnets_repris',
    titre: `${plural(row.carnets, 'carnet repris', 'carnets repris')} de ${row.ancien_operateur}`,
    texte: `${plural(row.honores, 'pass honoré', 'pass honorés')}, ${euros(row.montant_centimes)} activés sur les fonds de la convention. Les carnets qui n’étaient pas remis sont dans votre stock.`,
    lien: `${homePath('collectivite')}commandes`,
  })
}

/** All the honoured carnets become ours and are worth their pass, in one transaction, or none does. */
const apply = async (ctx: Ctx | JobCtx, repriseId: string): Promise<void> => {
  const row = await readReprise(ctx, repriseId, { lock: true })
  if (row.statut !== 'en_cours') return
  const { collectivite_id: collectiviteId, convention_id: conventionId, operateur_id: operateurId } = row
  const fonds = await lockFonds(ctx, { collectiviteId, conventionId })
  const isCovered = BigInt(fonds) >= row.montant_centimes
  if (!isCovered || (await honouredKnown(ctx, row)) > 0)
    return spoil(
      ctx,
      row,
      `${isCovered ? 'Des pass de ce fichier sont repris depuis son dépôt' : 'Les fonds ont baissé depuis le dépôt'}\u00a0: rien n’est repris. Déposez le fichier de nouveau.`,
    )
  const annee = Number(ctx.today.slice(0, 4))
  const premiere = serieOf(annee, await nextNumber(ctx, 'serie', annee, row.carnets))
  const activations = await ctx.db.$queryRaw<{ activation_id: string; montant_centimes: bigint }[]>`
    select activation_id, montant_centimes from reprise_apply(${collectiviteId}::uuid, ${repriseId}::uuid, ${premiere}::bigint, ${annee}::int, ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz)`
  const books = { collectiviteId, conventionId, operateurId }
  await post(
    ctx,
    activations.map(({ activation_id: objetId, montant_centimes }) => ({
      ...books,
      motif: 'activation' as const,
      objetId,
      montantCentimes: Number(montant_centimes),
    })),
  )
  const count = await ctx.db.$executeRaw`
    update reprise set statut = ${repriseMachine.apply.to}, appliquee_par = ${ctx.actor.utilisateurId}::uuid, appliquee_at = ${ctx.now}
     where collectivite_id = ${collectiviteId}::uuid and id = ${repriseId}::uuid and statut = 'en_cours'`
  won(count)
  await tell(ctx, row)
}

/** Somebody has looked at the lines: the carnets are taken over, at once or by a job. */
export const applyReprise = async (ctx: Ctx, { repriseId, numeroMandat }: { repriseId: string; numeroMandat: string }) => {
  const row = await readReprise(ctx, repriseId, { lock: true })
  const { collectivite_id: collectiviteId, convention_id: conventionId } = row
  enforce(whyNotDistribute((await getConvention(ctx, { conventionId })).statut))
  const pieces = await listPieces(ctx, { objet: OBJET, objetId: repriseId })
  const fondsCentimes = await lockFonds(ctx, { collectiviteId, conventionId })
  enforce(whyNotApplyReprise({ ...row, pieces: pieces.length, montantCentimes: Number(row.montant_centimes), fondsCentimes }))
  const count = await ctx.db.$executeRaw`
    update reprise set statut = ${repriseMachine.take.to}, numero_mandat = ${numeroMandat}, message = null
     where collectivite_id = ${collectiviteId}::uuid and id = ${repriseId}::uuid and statut = ${row.statut}`
  won(count)
  if (row.carnets <= AT_ONCE) await apply(ctx, repriseId)
  else await enqueue(ctx, 'apply-reprise', { repriseId }, jobKey(repriseId))
  return getReprise(ctx, { repriseId })
}

const Payload = z.object({ repriseId: z.uuid() })

/** The same for many carnets. Run again after a stop, it finds the take-over still to apply, or nothing left to do. */
export const applyRepriseTask: Task = async (job) => {
  const { repriseId } = Payload.parse(job.payload)
  await job.write({ repriseId }, (ctx) => apply(ctx, repriseId))
}
