import type { FileAnswer } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reachSql } from '../../platform/reach.ts'
import { drawAttestation, drawReleveAnnuel as draw, type Releve } from './du-releve.pdf.ts'

type Paid = {
  date: string
  reference: string
  mois: string
  virement: string | null
  operateur: string
  titulaire: string
  iban_masque: string
  montant: bigint
}
type Part = { nom: string; montant: bigint }

const transfersOf = (ctx: Ctx, annee: number) => ctx.db.$queryRaw<Paid[]>`
  select b.date_banque::text date, b.reference, b.mois, v.reference virement, o.nom operateur, c.titulaire, c.iban_masque, b.montant_centimes montant
    from bordereau b join organisation o on o.id = b.operateur_id join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = b.compte_id
    left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
   where ${reachSql(ctx, 'bordereau', 'b')} and b.statut = 'paye' and b.date_banque between make_date(${annee}::int, 1, 1) and make_date(${annee}::int, 12, 31)
   order by b.date_banque, b.reference`

const partsOf = (ctx: Ctx, annee: number) => ctx.db.$queryRaw<Part[]>`
  select k.libelle nom, sum(k.montant_centimes)::bigint montant from bordereau b join bordereau_convention k on k.organisation_id = b.organisation_id and k.bordereau_id = b.id
   where ${reachSql(ctx, 'bordereau', 'b')} and b.statut = 'paye' and b.date_banque between make_date(${annee}::int, 1, 1) and make_date(${annee}::int, 12, 31)
   group by k.libelle order by k.libelle`

type Identity = { nom: string; siret: string | null; date_fin_regie: string | null }

const identityOf = async (ctx: Ctx): Promise<Identity> => {
  const [row] = await ctx.db.$queryRaw<
    [Identity]
  >`select o.nom, o.siret, (select f.date_fin_regie::text from labellisation f where f.organisation_id = o.id) date_fin_regie
    from organisation o where o.id = ${ctx.actor.organisationId}::uuid`
  return row
}

/** What the bank paid in a year: the dates of the bank decide, not the months of the uses. */
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
