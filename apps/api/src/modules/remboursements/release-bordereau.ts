import { createHash } from 'node:crypto'
import { bordereauMachine, whyNotRelease } from '@pass/domain/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { refuse, type Refusal } from '@pass/domain/refusal.ts'
import { remiseReference } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { type HeldBordereau, holdSelection } from './hold-selection.ts'
import { tellReleased } from './notify-structure.ts'
import { parametresOf } from './parametres.ts'
import { pairsOf, postRelease } from './post-bordereau.ts'
import { getBordereau } from './queries.ts'
import { getRemiseBancaire } from './remise-queries.ts'
import { sepaFile } from './sepa-file.ts'

type Parametres = Pick<Awaited<ReturnType<typeof parametresOf>>, 'debiteur' | 'seuilsCentimes'>

const COMPTE_ABSENT = refuse('compte_absent', 'Le compte bancaire de ce bordereau n’est plus accepté : le virement ne peut pas partir.')

/** Why one of them cannot leave; of several, its reference is said. */
const whyNotSend = (ctx: Ctx, held: readonly HeldBordereau[], { seuilsCentimes }: Parametres): Refusal | null => {
  for (const bordereau of held) {
    const { reference, montantCentimes, compte } = bordereau
    const refusal =
      whyNotRelease({ ...bordereau, acteur: ctx.actor.utilisateurId }, { montantCentimes, seuilsCentimes }) ??
      (compte.isAccepte ? null : COMPTE_ABSENT)
    if (refusal) return held.length === 1 ? refusal : { ...refusal, message: `${reference} : ${refusal.message}` }
  }
  return null
}

/** The file, kept as it is sent: its row can be neither changed nor deleted. */
const keepFile = async (ctx: Ctx, held: readonly HeldBordereau[], { debiteur }: Parametres): Promise<string> => {
  const annee = Number(ctx.today.slice(0, 4))
  const reference = remiseReference(annee, await nextNumber(ctx, 'remise', annee))
  const xml = sepaFile({
    reference,
    now: ctx.now,
    dateExecution: ctx.today,
    debiteur,
    virements: held.map((bordereau) => ({
      reference: bordereau.reference,
      titulaire: bordereau.compte.titulaire,
      iban: bordereau.compte.iban,
      montantCentimes: bordereau.montantCentimes,
      libelle: `Pass numerique ${formatMonth(bordereau.mois)} bordereau ${bordereau.reference}`,
    })),
  })
  const total = held.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  const sha256 = createHash('sha256').update(xml).digest('hex')
  const [remise] = await ctx.db.$queryRaw<[{ id: string }]>`
    insert into remise (operateur_id, id, reference, virements, montant_centimes, xml, sha256, at)
    values (${ctx.actor.organisationId}::uuid, uuidv7(), ${reference}, ${held.length}::int, ${total}::bigint, ${xml}, ${sha256}, ${ctx.now}::timestamptz) returning id`
  return remise.id
}

const insertVirements = (ctx: Ctx, bordereauIds: readonly string[], remiseId: string) => ctx.db.$executeRaw`
  insert into virement (organisation_id, id, bordereau_id, operateur_id, remise_id, compte_id, reference, montant_centimes, statut, at)
  select b.organisation_id, uuidv7(), b.id, b.operateur_id, ${remiseId}::uuid, b.compte_id, b.reference, b.montant_centimes, 'emis', ${ctx.now}::timestamptz
    from bordereau b where b.operateur_id = ${ctx.actor.organisationId}::uuid and b.id = any (${[...bordereauIds]}::uuid[]) order by b.reference`

const markSent = async (ctx: Ctx, held: readonly HeldBordereau[], remiseId: string) => {
  const count = await ctx.db.$executeRaw`
    update bordereau b set statut = ${bordereauMachine.release.to}, transmis_par = ${ctx.actor.utilisateurId}::uuid, transmis_at = ${ctx.now}::timestamptz,
           remise_id = ${remiseId}::uuid, compte_id = d.compte
      from unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ compte }) => compte.id)}::uuid[]) d(id, compte)
     where b.operateur_id = ${ctx.actor.organisationId}::uuid and b.id = d.id and b.statut = 'approuve'`
  won(Number(count === held.length))
}

/**
 * The third person: each bordereau of the selection leaves in one file of the bank, all of them or none. Money leaves `du`, convention by
 * convention, and the file is frozen. Answers the id of the file.
 */
const release = async (ctx: Ctx, ids: readonly string[]): Promise<string> => {
  const held = await holdSelection(ctx, ids)
  const parametres = await parametresOf(ctx)
  enforce(whyNotSend(ctx, held, parametres))
  await postRelease(ctx, pairsOf(held.map(({ structureId, id: bordereauId }) => ({ structureId, bordereauId }))))
  const bordereauIds = held.map(({ id }) => id)
  const remiseId = await keepFile(
    ctx,
    held.toSorted((a, b) => (a.reference < b.reference ? -1 : 1)),
    parametres,
  )
  await markSent(ctx, held, remiseId)
  await insertVirements(ctx, bordereauIds, remiseId)
  await fact(ctx, { sujet: `bordereau.${bordereauMachine.release.to}`, objet: { remiseId, bordereauIds } })
  await tellReleased(ctx, held)
  return remiseId
}

export const releaseSelection = async (ctx: Ctx, { bordereauIds }: { bordereauIds: readonly string[] }) =>
  getRemiseBancaire(ctx, { remiseId: await release(ctx, bordereauIds) })

export const releaseBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  await release(ctx, [bordereauId])
  return getBordereau(ctx, { bordereauId })
}
