import type { EcritureDetail } from '@pass/contracts/comptes.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { TransferMotif } from '@pass/domain/comptes.ts'
import { formatDay, formatMonth } from '@pass/domain/days.ts'
import { euros, percent, pluralPass } from '@pass/domain/money.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, sql, type Sql } from '../../platform/db.ts'
import { reachSql, reaches } from '../../platform/reach.ts'

/** A line of the ledger as it is stored. */
export type Posted = {
  collectiviteId: string
  id: bigint
  motif: TransferMotif
  objetId: string
  structureId: string | null
  conventionId: string
}
type Lines = { lignes: EcritureDetail['lignes']; total: number }
type Source = NonNullable<EcritureDetail['source']>

const NONE: Lines = { lignes: [], total: 0 }

type UseRow = { lieu: string | null; date: Date; pass: number; montant: bigint; total: bigint }

/** Uses, lieu by lieu and day by day: the reader of a ledger counts pass, and knows nobody. */
const useLines = async (ctx: Ctx, where: Sql, most: number): Promise<Lines> => {
  const rows = await ctx.db.$queryRaw<UseRow[]>`
    select o.nom as lieu, r.date_atelier as date, count(*)::int as pass, sum(r.montant_centimes)::bigint as montant, count(*) over () as total
      from redemption r join organisation o on o.id = r.structure_id
     where ${reachSql(ctx, 'redemption', 'r')} and ${where}
     group by o.nom, r.lieu_id, r.date_atelier order by r.date_atelier, o.nom limit ${most}`
  const lignes = rows.map(({ lieu, date, pass, montant }) => ({
    libelle: `Atelier du ${formatDay(dayOf(date))}`,
    detail: `${lieu ?? ''}, ${pluralPass(pass)}`,
    montantCentimes: Number(montant),
  }))
  return { lignes, total: Number(rows[0]?.total ?? 0) }
}

const ofTransfer = ({ collectiviteId, id }: Posted, column: 'transfer_id' | 'annulation_transfer_id') =>
  column === 'transfer_id'
    ? sql`r.collectivite_id = ${collectiviteId}::uuid and r.transfer_id = ${id}`
    : sql`r.collectivite_id = ${collectiviteId}::uuid and r.annulation_transfer_id = ${id}`

/** An act of redemption is found by its place, then by its transfer: no index follows the transfer alone. */
const ofAct = (posted: Posted, column: 'transfer_id' | 'annulation_transfer_id') =>
  sql`r.structure_id = ${posted.structureId}::uuid and r.acte_id = ${posted.objetId}::uuid and ${ofTransfer(posted, column)}`

const ofBordereau = ({ structureId, objetId, conventionId }: Posted) =>
  sql`r.structure_id = ${structureId}::uuid and r.bordereau_id = ${objetId}::uuid and r.convention_id = ${conventionId}::uuid and r.statut <> 'annulee'`

type LineRow = { nature: 'report' | 'incident' | 'frais'; montant: bigint }
const LINE_LABELS: Record<LineRow['nature'], string> = {
  report: 'Report d’un virement rejeté',
  incident: 'Retenue sur un paiement indu',
  frais: 'Frais de la structure',
}

/** What a bordereau pays: its uses of this convention, then its other lines. */
const bordereauLines = async (ctx: Ctx, posted: Posted, most: number): Promise<Lines> => {
  const uses = await useLines(ctx, ofBordereau(posted), most)
  const others = await ctx.db.$queryRaw<LineRow[]>`
    select l.nature, l.montant_centimes as montant from bordereau_ligne l
     where ${reachSql(ctx, 'bordereau_ligne', 'l')} and l.organisation_id = ${posted.structureId}::uuid and l.bordereau_id = ${posted.objetId}::uuid
       and l.convention_id = ${posted.conventionId}::uuid order by l.nature`
  const lignes = others.map(({ nature, montant }) => ({ libelle: LINE_LABELS[nature], detail: '', montantCentimes: Number(montant) }))
  return { lignes: [...uses.lignes, ...lignes], total: uses.total + lignes.length }
}

type ActivationRow = { premiere: bigint; derniere: bigint; mandat: string; montant: bigint; commande: string }

const activationLines = async (ctx: Ctx, { objetId }: Posted): Promise<Lines> => {
  const rows = await ctx.db.$queryRaw<ActivationRow[]>`
    select a.serie_premiere as premiere, a.serie_derniere as derniere, a.numero_mandat as mandat, a.montant_centimes as montant, a.commande_id as commande
      from activation a where a.id = ${objetId}::uuid and ${reachSql(ctx, 'activation', 'a')}`
  const lignes = rows.map(({ premiere, derniere, mandat, montant }) => ({
    libelle: `${formatSerie(Number(premiere))} à ${formatSerie(Number(derniere))}`,
    detail: `Mandat ${mandat}`,
    montantCentimes: Number(montant),
  }))
  return { lignes, total: lignes.length }
}

type ShareRow = { nom: string; cle: number; pass: number; montant: bigint; total: bigint }

/** What a financeur takes of an amount shared at a closing. */
const shareLines = async (ctx: Ctx, { id, collectiviteId, objetId }: Posted): Promise<Lines> => {
  const rows = await ctx.db.$queryRaw<ShareRow[]>`
    select p.nom, p.cle_bp as cle, p.pass, p.montant_centimes as montant, g.montant_centimes as total
      from transfer t join account a on a.collectivite_id = t.collectivite_id and a.id = t.vers_id
      join partage_part p on p.collectivite_id = t.collectivite_id and p.partage_id = t.objet_id and p.cle = a.financeur_cle
      join partage g on g.collectivite_id = p.collectivite_id and g.id = p.partage_id
     where t.collectivite_id = ${collectiviteId}::uuid and t.id = ${id} and p.partage_id = ${objetId}::uuid and ${reachSql(ctx, 'partage_part', 'p')}`
  const lignes = rows.map(({ nom, cle, pass, montant, total }) => ({
    libelle: nom,
    detail: `${percent(cle)} de ${euros(total)}, ${pluralPass(pass)}`,
    montantCentimes: Number(montant),
  }))
  return { lignes, total: lignes.length }
}

/** The closings that a call for funds adds up. */
const callLines = async (ctx: Ctx, { objetId }: Posted): Promise<Lines> => {
  const rows = await ctx.db.$queryRaw<{ mois: string; montant: bigint }[]>`
    select g.mois, l.montant_centimes as montant from appel_ligne l join partage g on g.collectivite_id = l.collectivite_id and g.id = l.partage_id
     where l.appel_id = ${objetId}::uuid and ${reachSql(ctx, 'appel_ligne', 'l')} order by g.mois, g.id`
  const lignes = rows.map(({ mois, montant }) => ({
    libelle: `Arrêté de ${formatMonth(mois)}`,
    detail: '',
    montantCentimes: Number(montant),
  }))
  return { lignes, total: lignes.length }
}

type RetenueRow = { structure: string; date: Date; motif: string; montant: bigint; total: bigint }

/** What a complementary avoir gives back, incident by incident; the avoir of a lot has no rows of its own. */
const withheldLines = async (ctx: Ctx, { objetId }: Posted, most: number): Promise<Lines> => {
  const rows = await ctx.db.$queryRaw<RetenueRow[]>`
    select o.nom as structure, r.date_atelier as date, i.motif, i.montant_centimes as montant, count(*) over () as total
      from incident i join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id join organisation o on o.id = i.organisation_id
     where ${reachSql(ctx, 'incident', 'i')} and i.avoir_id = ${objetId}::uuid order by r.date_atelier, i.id limit ${most}`
  const lignes = rows.map(({ structure, date, motif, montant }) => ({
    libelle: `${structure}, utilisation du ${formatDay(dayOf(date))}`,
    detail: motif,
    montantCentimes: Number(montant),
  }))
  return { lignes, total: Number(rows[0]?.total ?? 0) }
}

/** The rows that add up to a line of the ledger, as far as there are some to show. */
export const linesOf = async (ctx: Ctx, posted: Posted, most: number): Promise<Lines> => {
  switch (posted.motif) {
    case 'utilisation':
      return useLines(ctx, ofAct(posted, 'transfer_id'), most)
    case 'annulation':
      return useLines(ctx, ofAct(posted, 'annulation_transfer_id'), most)
    case 'bordereau':
    case 'paiement':
    case 'rejet':
    case 'retour':
      return bordereauLines(ctx, posted, most)
    case 'activation':
      return activationLines(ctx, posted)
    case 'charge':
      return shareLines(ctx, posted)
    case 'appel':
    case 'recette':
    case 'appel_refuse':
      return callLines(ctx, posted)
    case 'avoir':
      return withheldLines(ctx, posted, most)
    default:
      return NONE
  }
}

/** The commande behind an activation, funds received or given back. */
const commandeOf = async (ctx: Ctx, objetId: string): Promise<Source | null> => {
  const [row] = await ctx.db.$queryRaw<{ id: string; reference: string }[]>`
    select c.id, c.reference from commande c
     where ${reachSql(ctx, 'commande', 'c')} and (c.id = ${objetId}::uuid
        or c.id = (select a.commande_id from activation a where a.id = ${objetId}::uuid) or c.id = (select e.commande_id from encaissement e where e.id = ${objetId}::uuid))
     limit 1`
  return row ? { type: 'commande', id: row.id, libelle: `Commande ${row.reference}` } : null
}

/** A collectivité knows that a bordereau paid its pass; the bordereau itself is between the structure and the operator. */
const bordereauOf = async (ctx: Ctx, { structureId, objetId }: Posted): Promise<Source> => {
  const [row] = reaches(ctx, 'bordereau')
    ? await ctx.db.$queryRaw<{ id: string; reference: string }[]>`
        select b.id, b.reference from bordereau b
         where ${reachSql(ctx, 'bordereau', 'b')} and b.organisation_id = ${structureId}::uuid and b.id = ${objetId}::uuid`
    : []
  if (!row) return { type: 'bordereau', id: null, libelle: 'Bordereau de la structure' }
  return { type: 'bordereau', id: row.id, libelle: `Bordereau ${row.reference}` }
}

/** The end of a lot that took pass out of the circulation, or gave their value back. */
const lotOf = async (ctx: Ctx, objetId: string): Promise<Source | null> => {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select e.lot_id as id from echeance e
     where ${reachSql(ctx, 'echeance', 'e')} and (e.id = ${objetId}::uuid or e.id = (select a.echeance_id from avoir a where a.id = ${objetId}::uuid)) limit 1`
  return row ? { type: 'echeance', id: row.id, libelle: 'Fin de validité du lot' } : null
}

/** What caused a line, and where it is seen. */
export const sourceOf = async (ctx: Ctx, posted: Posted): Promise<Source | null> => {
  switch (posted.motif) {
    case 'encaissement':
    case 'frais_amont':
    case 'activation':
    case 'fonds_rendus':
    case 'frais_rendus':
      return commandeOf(ctx, posted.objetId)
    case 'utilisation':
    case 'annulation':
      return { type: 'utilisation', id: null, libelle: 'Pass utilisés en atelier' }
    case 'bordereau':
    case 'paiement':
    case 'rejet':
    case 'retour':
    case 'frais_aval':
      return bordereauOf(ctx, posted)
    case 'appel':
    case 'recette':
    case 'appel_refuse':
      return { type: 'appel', id: posted.objetId, libelle: 'Appel de fonds' }
    case 'charge':
      return { type: 'arrete', id: null, libelle: 'Arrêté des bordereaux, partagé entre les financeurs' }
    case 'expiration':
      return lotOf(ctx, posted.objetId)
    case 'avoir':
      return (await lotOf(ctx, posted.objetId)) ?? { type: 'incident', id: null, libelle: 'Retenues sur des pass payés à tort' }
    case 'incident':
      return { type: 'incident', id: null, libelle: 'Incident approuvé par deux personnes' }
    default:
      return null
  }
}
