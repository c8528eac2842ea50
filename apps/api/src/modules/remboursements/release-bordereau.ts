import { createHash } from 'node:crypto'
import { bordereauMachine, whyNotRelease } from '@pass/domain/bordereaux.ts'
import { formatMonth } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { remiseReference } from '@pass/domain/virements.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { type Held, holdBordereau, moveBordereau } from './move-bordereau.ts'
import { tellReleased } from './notify-structure.ts'
import { PARAMETRES } from './parametres.ts'
import { postBordereau } from './post-bordereau.ts'
import { getBordereau } from './queries.ts'
import { sepaFile } from './sepa-file.ts'

type Compte = { titulaire: string; iban: string }

const acceptedAccount = async (ctx: Ctx, { structureId, compteId }: Held): Promise<Compte> => {
  const [compte] = await ctx.db.$queryRaw<Compte[]>`select titulaire, iban from compte_bancaire
    where organisation_id = ${structureId}::uuid and id = ${compteId}::uuid and statut = 'accepte'`
  if (!compte) enforce(refuse('compte_absent', 'Le compte bancaire de ce bordereau n’est plus accepté : le virement ne peut pas partir.'))
  return compte!
}

/** The file, kept as it is sent: its row can be neither changed nor deleted. */
const keepFile = async (ctx: Ctx, bordereau: Held, compte: Compte): Promise<string> => {
  const annee = Number(ctx.today.slice(0, 4))
  const reference = remiseReference(annee, await nextNumber(ctx, 'remise', annee))
  const xml = sepaFile({
    reference,
    now: ctx.now,
    dateExecution: ctx.today,
    debiteur: PARAMETRES.debiteur,
    virements: [
      {
        reference: bordereau.reference,
        titulaire: compte.titulaire,
        iban: compte.iban,
        montantCentimes: bordereau.montantCentimes,
        libelle: `Pass numerique ${formatMonth(bordereau.mois)} bordereau ${bordereau.reference}`,
      },
    ],
  })
  const sha256 = createHash('sha256').update(xml).digest('hex')
  const [remise] = await ctx.db.$queryRaw<
    [{ id: string }]
  >`insert into remise (operateur_id, id, reference, virements, montant_centimes, xml, sha256, at)
    values (${ctx.actor.organisationId}::uuid, uuidv7(), ${reference}, 1, ${bordereau.montantCentimes}::bigint, ${xml}, ${sha256}, ${ctx.now}::timestamptz) returning id`
  return remise.id
}

/** The third person: money leaves `du` for `en_paiement`, convention by convention, and the bank's file is frozen. */
export const releaseBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const bordereau = await holdBordereau(ctx, bordereauId)
  enforce(whyNotRelease(bordereau, { montantCentimes: bordereau.montantCentimes, seuilsCentimes: PARAMETRES.seuilsApprobationCentimes }))
  const compte = await acceptedAccount(ctx, bordereau)
  await postBordereau(ctx, bordereau, 'bordereau')
  // each subtotal names its transfer: one a convention (reliability.md, I6)
  await ctx.db.$executeRaw`update bordereau_convention c set transfer_id = t.id from transfer t
    where c.organisation_id = ${bordereau.structureId}::uuid and c.bordereau_id = ${bordereauId}::uuid
      and t.collectivite_id = c.collectivite_id and t.convention_id = c.convention_id and t.objet_id = ${bordereauId}::uuid and t.motif = 'bordereau'`
  const remiseId = await keepFile(ctx, bordereau, compte)
  const set = sql`transmis_par = ${ctx.actor.utilisateurId}::uuid, transmis_at = ${ctx.now}::timestamptz, remise_id = ${remiseId}::uuid`
  await moveBordereau(ctx, bordereau, { to: bordereauMachine.release.to, set })
  await tellReleased(ctx, bordereau)
  return getBordereau(ctx, { bordereauId })
}
