import { approvalsNeeded, BORDEREAU_LABELS, type BordereauStatut } from '@pass/domain/bordereaux.ts'
import type { Bordereau, BordereauSummary } from '@pass/contracts/bordereaux.ts'
import type { LigneNature } from '@pass/domain/clotures.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { seuilsOf } from './parametres.ts'

type Row = {
  id: string
  reference: string
  mois: string
  semaine: number | null
  statut: BordereauStatut
  approbations: number | null
  structure_id: string
  structure_nom: string
  operateur_id: string
  operateur_nom: string
  pass: number
  montant_centimes: bigint
  date_banque: string | null
}

const summaryOf = (row: Row, seuils: readonly number[]): BordereauSummary => ({
  id: row.id,
  reference: row.reference,
  mois: row.mois,
  semaine: row.semaine,
  statut: row.statut,
  approbations:
    row.approbations === null ? null : { donnees: row.approbations, demandees: approvalsNeeded(Number(row.montant_centimes), seuils) },
  structure: { id: row.structure_id, nom: row.structure_nom },
  operateur: { id: row.operateur_id, nom: row.operateur_nom },
  pass: row.pass,
  montantCentimes: Number(row.montant_centimes),
  datePaiement: row.date_banque,
})

/** Who approves is the operator's own affair. */
const isOperateur = ({ actor }: Ctx) => actor.organisationType === 'operateur'
const approvals = (ctx: Ctx) =>
  isOperateur(ctx)
    ? sql`(select count(*)::int from bordereau_approbation a where a.organisation_id = b.organisation_id and a.bordereau_id = b.id)`
    : sql`null::int`
const seuilsFor = async (ctx: Ctx) => (isOperateur(ctx) ? await seuilsOf(ctx) : [])

const COLUMNS = sql`b.id, b.reference, b.mois, b.semaine, b.statut, b.organisation_id structure_id, s.nom structure_nom, b.operateur_id, o.nom operateur_nom, b.pass, b.montant_centimes,
  case when b.statut = 'paye' then b.date_banque::text end date_banque`
const FROM = sql`from bordereau b join organisation s on s.id = b.organisation_id join organisation o on o.id = b.operateur_id`

const AFTER = z.object({ id: z.uuid() })
type Filter = { apres?: string | undefined; taille?: number | undefined; statut?: BordereauStatut | undefined; mois?: string | undefined }

/** The latest first: ids are made in the order of the closings. */
export const listBordereaux = async (ctx: Ctx, { apres, taille = TAILLE, statut, mois }: Filter) => {
  const after = cursorOf(apres, AFTER)
  const where = sql`where ${reachSql(ctx, 'bordereau', 'b')} ${statut ? sql`and b.statut = ${statut}` : empty} ${mois ? sql`and b.mois = ${mois}` : empty}`
  const rows = await ctx.db.$queryRaw<
    Row[]
  >`select ${COLUMNS}, ${approvals(ctx)} approbations ${FROM} ${where} ${after ? sql`and b.id < ${after.id}::uuid` : empty} order by b.id desc limit ${taille + 1}::int`
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`select count(*)::int n from bordereau b ${where}`
  const page = pageOf(rows, taille, ({ id }) => ({ id }), counted.n)
  const seuils = await seuilsFor(ctx)
  return { ...page, items: page.items.map((row) => summaryOf(row, seuils)) }
}

type Detail = Row & {
  compte_id: string
  titulaire: string
  iban_masque: string
  arrete_par: string
  controle_par: string | null
  approuve_par: string | null
  transmis_par: string | null
  arrete_at: Date
  controle_at: Date | null
  approuve_at: Date | null
  transmis_at: Date | null
  paye_at: Date | null
  rejete_at: Date | null
  rejet: Bordereau['rejet']
  report_id: string | null
  report_reference: string | null
}

type Approval = { utilisateur_id: string; at: Date }

/** Every approval, in its order; a structure reads the last one only, from the bordereau itself. */
const approvalsOf = async (ctx: Ctx, { id, approuve_par, approuve_at }: Detail): Promise<Approval[]> => {
  const given = isOperateur(ctx)
    ? await ctx.db.$queryRaw<Approval[]>`select utilisateur_id, at from bordereau_approbation a
        where ${reachSql(ctx, 'bordereau_approbation', 'a')} and a.bordereau_id = ${id}::uuid order by a.at, a.utilisateur_id`
    : []
  return given.length > 0 || !approuve_par || !approuve_at ? given : [{ utilisateur_id: approuve_par, at: approuve_at }]
}

/** Names of the operator's own people, for itself; anyone else reads the operator's name. */
const namesFor = async (ctx: Ctx, row: Detail, approvers: readonly Approval[]): Promise<(id: string | null) => string> => {
  const ids = [row.arrete_par, row.controle_par, row.transmis_par, ...approvers.map(({ utilisateur_id }) => utilisateur_id)].filter(
    (id) => id !== null,
  )
  const isOwn = row.operateur_id === ctx.actor.organisationId
  const names = isOwn ? await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])` : []
  const byId = new Map(names.map(({ id, nom }) => [id, nom]))
  return (id) => (id && byId.get(id)) || row.operateur_nom
}

const etapesOf = (row: Detail, approvers: readonly Approval[], nameOf: (id: string | null) => string): Bordereau['etapes'] =>
  [
    { action: BORDEREAU_LABELS.arrete, par: row.arrete_par, at: row.arrete_at },
    { action: BORDEREAU_LABELS.controle, par: row.controle_par, at: row.controle_at },
    ...approvers.map(({ utilisateur_id: par, at }, rank) => ({
      action: approvers.length > 1 || row.statut === 'controle' ? `Approbation ${rank + 1}` : BORDEREAU_LABELS.approuve,
      par,
      at,
    })),
    { action: BORDEREAU_LABELS.transmis, par: row.transmis_par, at: row.transmis_at },
    { action: BORDEREAU_LABELS.paye, par: null, at: row.paye_at },
    { action: BORDEREAU_LABELS.rejete, par: null, at: row.rejete_at },
  ].flatMap(({ action, par, at }) => (at ? [{ action, acteur: nameOf(par), at: at.toISOString() }] : []))

const detailOf = async (ctx: Ctx, bordereauId: string): Promise<Detail> => {
  const [row] = await ctx.db.$queryRaw<
    Detail[]
  >`select ${COLUMNS}, b.compte_id, c.titulaire, c.iban_masque, b.arrete_par, b.controle_par, b.approuve_par, b.transmis_par,
      b.arrete_at, b.controle_at, b.approuve_at, b.transmis_at, b.paye_at, ${approvals(ctx)} approbations, n.id report_id, n.reference report_reference,
      coalesce(v.revenu_le, v.date_banque)::timestamp at time zone 'Europe/Paris' rejete_at,
      case when v.id is not null then jsonb_build_object('date', coalesce(v.revenu_le, v.date_banque), 'motif', v.motif_rejet, 'payeLe', case when v.revenu_le is not null then v.date_banque end) end rejet
    ${FROM} join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = b.compte_id
      left join bordereau n on n.organisation_id = b.organisation_id and n.id = b.report_id
      left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id and v.statut = 'rejete'
    where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid`
  return found(row)
}

type Part = { nom: string; pass: number; montant: bigint }

const conventionsOf = async (ctx: Ctx, { id, structure_id: structureId }: Detail) => {
  const rows = await ctx.db.$queryRaw<(Part & { lignes: bigint })[]>`
    select c.libelle nom, c.pass, c.montant_centimes montant, coalesce(sum(l.montant_centimes), 0)::bigint lignes
      from bordereau_convention c left join bordereau_ligne l on l.organisation_id = c.organisation_id and l.bordereau_id = c.bordereau_id and l.convention_id = c.convention_id
     where c.organisation_id = ${structureId}::uuid and c.bordereau_id = ${id}::uuid group by c.libelle, c.pass, c.montant_centimes, c.convention_id order by c.libelle, c.convention_id`
  return rows.map(({ nom, pass, montant, lignes }) => ({
    collectivite: nom,
    pass,
    utilisationsCentimes: Number(montant - lignes),
    montantCentimes: Number(montant),
  }))
}

type Ligne = { nature: LigneNature; collectivite: string; objet: string; montant: bigint }

/** What it pays or withholds besides its uses; `objet`: the rejected bordereau, the reason of the incident. */
const lignesOf = async (ctx: Ctx, { id, structure_id: structureId }: Detail): Promise<Bordereau['lignes']> => {
  const rows = await ctx.db.$queryRaw<Ligne[]>`
    select l.nature, c.libelle collectivite, coalesce(r.reference, i.motif, '') objet, l.montant_centimes montant
      from bordereau_ligne l join bordereau_convention c on c.organisation_id = l.organisation_id and c.bordereau_id = l.bordereau_id and c.convention_id = l.convention_id
      left join bordereau r on l.nature = 'report' and r.organisation_id = l.organisation_id and r.id = l.objet_id
      left join incident i on l.nature = 'incident' and i.organisation_id = l.organisation_id and i.id = l.objet_id
     where l.organisation_id = ${structureId}::uuid and l.bordereau_id = ${id}::uuid order by l.nature desc, c.libelle, l.id`
  return rows.map(({ montant, ...row }) => ({ ...row, montantCentimes: Number(montant) }))
}

const lieuxOf = async (ctx: Ctx, { id, structure_id: structureId }: Detail) => {
  const rows = await ctx.db.$queryRaw<Part[]>`select l.nom, count(*)::int pass, sum(r.montant_centimes)::bigint montant
    from redemption r join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id
    where r.structure_id = ${structureId}::uuid and r.bordereau_id = ${id}::uuid group by l.id, l.nom order by l.nom, l.id`
  return rows.map(({ nom, pass, montant }) => ({ lieu: nom, pass, montantCentimes: Number(montant) }))
}

/** The file sent to the bank is the operator's; a structure reads the transfer on its own statement. */
const remiseOf = async (ctx: Ctx, { id, operateur_id: operateurId }: Detail): Promise<Bordereau['remise']> => {
  if (operateurId !== ctx.actor.organisationId) return null
  const [row] = await ctx.db.$queryRaw<{ id: string; reference: string; sha256: string }[]>`select m.id, m.reference, m.sha256
    from bordereau b join remise m on m.operateur_id = b.operateur_id and m.id = b.remise_id where b.operateur_id = ${operateurId}::uuid and b.id = ${id}::uuid`
  return row ?? null
}

export const getBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }): Promise<Bordereau> => {
  const row = await detailOf(ctx, bordereauId)
  const approvers = await approvalsOf(ctx, row)
  return {
    ...summaryOf(row, await seuilsFor(ctx)),
    compte: { titulaire: row.titulaire, ibanMasque: row.iban_masque },
    conventions: await conventionsOf(ctx, row),
    lignes: await lignesOf(ctx, row),
    rejet: row.rejet,
    report: row.report_id && row.report_reference ? { id: row.report_id, reference: row.report_reference } : null,
    lieux: await lieuxOf(ctx, row),
    etapes: etapesOf(row, approvers, await namesFor(ctx, row, approvers)),
    acteurs: {
      arrete: row.arrete_par,
      controle: row.controle_par,
      approuve: approvers.map(({ utilisateur_id }) => utilisateur_id),
      transmis: row.transmis_par,
    },
    remise: await remiseOf(ctx, row),
  }
}
