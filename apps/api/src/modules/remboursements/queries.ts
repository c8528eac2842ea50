import { BORDEREAU_LABELS, type BordereauStatut } from '@pass/domain/bordereaux.ts'
import type { Bordereau, BordereauSummary } from '@pass/contracts/bordereaux.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  reference: string
  mois: string
  statut: BordereauStatut
  structure_id: string
  structure_nom: string
  operateur_id: string
  operateur_nom: string
  pass: number
  montant_centimes: bigint
  date_banque: string | null
}

const summaryOf = (row: Row): BordereauSummary => ({
  id: row.id,
  reference: row.reference,
  mois: row.mois,
  statut: row.statut,
  structure: { id: row.structure_id, nom: row.structure_nom },
  operateur: { id: row.operateur_id, nom: row.operateur_nom },
  pass: row.pass,
  montantCentimes: Number(row.montant_centimes),
  datePaiement: row.date_banque,
})

const COLUMNS = sql`b.id, b.reference, b.mois, b.statut, b.organisation_id structure_id, s.nom structure_nom, b.operateur_id, o.nom operateur_nom, b.pass, b.montant_centimes,
  b.date_banque::text date_banque`
const FROM = sql`from bordereau b join organisation s on s.id = b.organisation_id join organisation o on o.id = b.operateur_id`

const AFTER = z.object({ id: z.uuid() })
type Filter = { apres?: string | undefined; taille?: number | undefined; statut?: BordereauStatut | undefined; mois?: string | undefined }

/** The latest first: ids are made in the order of the closings. */
export const listBordereaux = async (ctx: Ctx, { apres, taille = TAILLE, statut, mois }: Filter) => {
  const after = cursorOf(apres, AFTER)
  const where = sql`where ${reachSql(ctx, 'bordereau', 'b')} ${statut ? sql`and b.statut = ${statut}` : empty} ${mois ? sql`and b.mois = ${mois}` : empty}`
  const rows = await ctx.db.$queryRaw<
    Row[]
  >`select ${COLUMNS} ${FROM} ${where} ${after ? sql`and b.id < ${after.id}::uuid` : empty} order by b.id desc limit ${taille + 1}::int`
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`select count(*)::int n from bordereau b ${where}`
  const page = pageOf(rows, taille, ({ id }) => ({ id }), counted.n)
  return { ...page, items: page.items.map(summaryOf) }
}

type Steps = Record<'arrete' | 'controle' | 'approuve' | 'transmis', string | null>
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
}

/** Names of the operator's own people, for itself; anyone else reads the operator's name. */
const namesFor = async (ctx: Ctx, row: Detail): Promise<(id: string | null) => string> => {
  const ids = [row.arrete_par, row.controle_par, row.approuve_par, row.transmis_par].filter((id) => id !== null)
  const isOwn = row.operateur_id === ctx.actor.organisationId
  const names = isOwn ? await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])` : []
  const byId = new Map(names.map(({ id, nom }) => [id, nom]))
  return (id) => (id && byId.get(id)) || row.operateur_nom
}

const etapesOf = (row: Detail, nameOf: (id: string | null) => string): Bordereau['etapes'] =>
  [
    { statut: 'arrete' as const, par: row.arrete_par, at: row.arrete_at },
    { statut: 'controle' as const, par: row.controle_par, at: row.controle_at },
    { statut: 'approuve' as const, par: row.approuve_par, at: row.approuve_at },
    { statut: 'transmis' as const, par: row.transmis_par, at: row.transmis_at },
    { statut: 'paye' as const, par: null, at: row.paye_at },
  ].flatMap(({ statut, par, at }) => (at ? [{ action: BORDEREAU_LABELS[statut], acteur: nameOf(par), at: at.toISOString() }] : []))

const detailOf = async (ctx: Ctx, bordereauId: string): Promise<Detail> => {
  const [row] = await ctx.db.$queryRaw<
    Detail[]
  >`select ${COLUMNS}, b.compte_id, c.titulaire, c.iban_masque, b.arrete_par, b.controle_par, b.approuve_par, b.transmis_par,
      b.arrete_at, b.controle_at, b.approuve_at, b.transmis_at, b.paye_at
    ${FROM} join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = b.compte_id
    where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid`
  return found(row)
}

type Part = { nom: string; pass: number; montant: bigint }

const conventionsOf = async (ctx: Ctx, { id, structure_id: structureId }: Detail) => {
  const rows = await ctx.db.$queryRaw<Part[]>`select libelle nom, pass, montant_centimes montant from bordereau_convention
    where organisation_id = ${structureId}::uuid and bordereau_id = ${id}::uuid order by libelle, convention_id`
  return rows.map(({ nom, pass, montant }) => ({ collectivite: nom, pass, montantCentimes: Number(montant) }))
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
  const acteurs: Steps = { arrete: row.arrete_par, controle: row.controle_par, approuve: row.approuve_par, transmis: row.transmis_par }
  return {
    ...summaryOf(row),
    compte: { titulaire: row.titulaire, ibanMasque: row.iban_masque },
    conventions: await conventionsOf(ctx, row),
    lieux: await lieuxOf(ctx, row),
    etapes: etapesOf(row, await namesFor(ctx, row)),
    acteurs: { ...acteurs, arrete: row.arrete_par },
    remise: await remiseOf(ctx, row),
  }
}

export type LigneAtelier = { date: string; lieu: string; pass: number; montantCentimes: number }

/** What the statement prints: the bordereau and a line an atelier, by date. */
export const getReleve = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const bordereau = await getBordereau(ctx, { bordereauId })
  const rows = await ctx.db.$queryRaw<{ date: string; lieu: string; pass: number; montant: bigint }[]>`
    select r.date_atelier::text date, l.nom lieu, count(*)::int pass, sum(r.montant_centimes)::bigint montant
      from redemption r join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id
     where r.structure_id = ${bordereau.structure.id}::uuid and r.bordereau_id = ${bordereauId}::uuid
     group by r.date_atelier, r.atelier_id, l.nom order by r.date_atelier, l.nom, r.atelier_id`
  const ateliers: LigneAtelier[] = rows.map(({ montant, ...row }) => ({ ...row, montantCentimes: Number(montant) }))
  return { ...bordereau, ateliers }
}
export type Releve = Awaited<ReturnType<typeof getReleve>>

/** The file as it was sent, byte for byte. Absent before the release. */
export const getSepa = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const [row] = await ctx.db.$queryRaw<{ reference: string; xml: string }[]>`select m.reference, m.xml
    from bordereau b join remise m on m.operateur_id = b.operateur_id and m.id = b.remise_id
    where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid`
  const { reference, xml } = found(row)
  return { nom: `${reference}.xml`, type: 'application/xml', contenu: new TextEncoder().encode(xml) }
}
