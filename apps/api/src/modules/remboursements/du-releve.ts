import type { FileAnswer } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reachSql } from '../../platform/reach.ts'
import { drawAttestation, drawReleveAnnuel as draw, type Releve } from './du-releve.pdf.ts'

type Moved = {
  date: string
  reference: string
  mois: string
  virement: string | null
  operateur: string
  titulaire: string
  iban_masque: string
  montant: bigint
  /** Why the bank sent it back; null for what it paid. */
  motif: string | null
}
type Part = { nom: string; montant: bigint }

/**
 * What the bank moved in a year, for each bordereau of the structure: paid on a day, and sent back on another if it came back. What was
 * paid stays where it was, in its own year.
 */
const movesSql = (ctx: Ctx, annee: number): Sql => sql`
  (select m.* from (
    select b.organisation_id, b.id, b.date_banque jour, b.montant_centimes montant, 1 sens, null::text motif from bordereau b
     where ${reachSql(ctx, 'bordereau', 'b')} and b.date_banque is not null
    union all
    select v.organisation_id, v.bordereau_id, v.revenu_le, -v.montant_centimes, -1, v.motif_rejet from virement v
     where ${reachSql(ctx, 'virement', 'v')} and v.revenu_le is not null) m
   where m.jour between make_date(${annee}::int, 1, 1) and make_date(${annee}::int, 12, 31))`

const transfersOf = (ctx: Ctx, annee: number) => ctx.db.$queryRaw<Moved[]>`
  select m.jour::text date, b.reference, b.mois, v.reference virement, o.nom operateur, c.titulaire, c.iban_masque, m.montant, m.motif
    from ${movesSql(ctx, annee)} m join bordereau b on b.organisation_id = m.organisation_id and b.id = m.id
    join organisation o on o.id = b.operateur_id
    left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
    join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = coalesce(v.compte_id, b.compte_id)
   order by m.jour, b.reference, m.sens desc`

const partsOf = (ctx: Ctx, annee: number) => ctx.db.$queryRaw<Part[]>`
  select k.libelle nom, sum(m.sens * k.montant_centimes)::bigint montant
    from ${movesSql(ctx, annee)} m join bordereau_convention k on k.organisation_id = m.organisation_id and k.bordereau_id = m.id
   group by k.libelle order by k.libelle`

type Identity = { nom: string; siret: string | null; date_fin_regie: string | null }

const identityOf = async (ctx: Ctx): Promise<Identity> => {
  const [row] = await ctx.db.$queryRaw<
    [Identity]
  >`select o.nom, o.siret, (select f.date_fin_regie::text from labellisation f where f.organisation_id = o.id) date_fin_regie
    from organisation o where o.id = ${ctx.actor.organisationId}::uuid`
  return row
}

/** What the bank paid in a year, and what came back of it: the dates of the bank decide, not the months of the uses. */
const releveOf = async (ctx: Ctx, annee: string | undefined): Promise<Releve> => {
  const year = Number(annee ?? ctx.today.slice(0, 4))
  const paid = await transfersOf(ctx, year)
  const { nom, siret, date_fin_regie: finRegie } = await identityOf(ctx)
  return {
    annee: year,
    structure: { nom, siret },
    finRegie,
    today: ctx.today,
    virements: paid.map(({ montant, iban_masque: ibanMasque, ...row }) => ({ ...row, ibanMasque, montantCentimes: Number(montant) })),
    parts: (await partsOf(ctx, year)).map(({ nom: collectivite, montant }) => ({ collectivite, montantCentimes: Number(montant) })),
    totalCentimes: paid.reduce((sum, { montant }) => sum + Number(montant), 0),
  }
}

/** The yearly statement of a structure. */
export const drawReleveAnnuel = async (ctx: Ctx, { annee }: { annee?: string | undefined }): Promise<FileAnswer> => {
  const releve = await releveOf(ctx, annee)
  const titre = `Relevé annuel ${releve.annee}`
  return { nom: `releve-annuel-${releve.annee}.pdf`, type: 'application/pdf', contenu: () => pdf(draw, releve, { titre, now: ctx.now }) }
}

/** The same sums as the accountant of a public body wants them: a structure without a régie has none. */
export const drawAttestationRegie = async (ctx: Ctx, { annee }: { annee?: string | undefined }): Promise<FileAnswer> => {
  const releve = await releveOf(ctx, annee)
  enforce(releve.finRegie === null ? refuse('regie_absente') : null)
  const titre = `Attestation ${releve.annee}`
  return {
    nom: `attestation-regie-${releve.annee}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(drawAttestation, releve, { titre, now: ctx.now }),
  }
}
