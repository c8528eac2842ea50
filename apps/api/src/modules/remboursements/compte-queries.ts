import type { CompteBancaire } from '@pass/contracts/comptes-bancaires.ts'
import { acceptableAt, type CompteDemande, type Verification } from '@pass/domain/comptes-bancaires.ts'
import type { CompteBancaireStatut } from '@pass/domain/comptes.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  organisation_id: string
  structure_nom: string
  iban_masque: string
  bic: string | null
  titulaire: string
  contact: string | null
  statut: CompteBancaireStatut
  created_at: Date
  verifie_at: Date | null
  accepte_at: Date | null
  fin_at: Date | null
  refuse_at: Date | null
  motif_refus: string | null
  retire_at: Date | null
  ouverts: number
  verification: Verification | null
  propose_par: string | null
  verifie_par: string | null
  accepte_par: string | null
  remplace: string | null
  autres: string[] | null
}

const isOperateur = ({ actor }: Ctx) => actor.organisationType === 'operateur'

/** What a structure may not read of its own account, and what tells an operator that something is wrong with one. */
const examenColumns = (ctx: Ctx): Sql =>
  isOperateur(ctx)
    ? sql`c.verification, c.propose_par, c.verifie_par, c.accepte_par,
        (select a.iban_masque from compte_bancaire a where a.organisation_id = c.organisation_id and a.statut = 'accepte' and a.id <> c.id) remplace,
        array(select distinct n.nom from compte_bancaire x join organisation n on n.id = x.organisation_id
               where c.statut = 'propose' and x.iban = c.iban and x.organisation_id <> c.organisation_id and x.statut in ('propose', 'accepte') order by n.nom limit 3) autres`
    : sql`null::text verification, null::uuid propose_par, null::uuid verifie_par, null::uuid accepte_par, null::text remplace, null::text[] autres`

/** One's own accounts; for an operator, those of the structures that it follows. */
const inScope = (ctx: Ctx): Sql =>
  isOperateur(ctx)
    ? sql`${reachSql(ctx, 'compte_bancaire', 'c')} and exists (select 1 from labellisation f where f.organisation_id = c.organisation_id and ${reachSql(ctx, 'labellisation', 'f')}
        and f.operateur_id = ${ctx.actor.organisationId}::uuid)`
    : reachSql(ctx, 'compte_bancaire', 'c')

const select = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select c.id, c.organisation_id, o.nom structure_nom, c.iban_masque, c.bic, c.titulaire, c.contact, c.statut, c.created_at, c.verifie_at, c.accepte_at, c.fin_at, c.refuse_at,
         c.motif_refus, c.retire_at, case when c.statut = 'propose' and exists (select 1 from compte_bancaire p where p.organisation_id = c.organisation_id and p.statut = 'accepte')
              then bordereaux_ouverts(c.organisation_id) else 0 end ouverts, ${examenColumns(ctx)}
    from compte_bancaire c join organisation o on o.id = c.organisation_id where ${inScope(ctx)} ${rest}`

const iso = (at: Date | null) => at && at.toISOString()

const namesOf = async ({ db }: Ctx, rows: readonly Row[]) => {
  const ids = rows
    .flatMap(({ propose_par, verifie_par, accepte_par }) => [propose_par, verifie_par, accepte_par])
    .filter((id) => id !== null)
  const names = ids.length > 0 ? await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])` : []
  return new Map(names.map(({ id, nom }) => [id, nom]))
}

const toComptes = async (ctx: Ctx, rows: readonly Row[]): Promise<CompteBancaire[]> => {
  const names = await namesOf(ctx, rows)
  // colleagues alone are named: whoever asked is of the structure
  const person = (id: string | null, other: string) => id && { id, nom: names.get(id) ?? other }
  return rows.map((row) => ({
    id: row.id,
    structure: { id: row.organisation_id, nom: row.structure_nom },
    ibanMasque: row.iban_masque,
    bic: row.bic,
    titulaire: row.titulaire,
    contact: row.contact,
    statut: row.statut,
    demandeAt: row.created_at.toISOString(),
    acceptableAt: row.statut === 'propose' ? acceptableAt(row.created_at).toISOString() : null,
    verifieAt: iso(row.verifie_at),
    accepteAt: iso(row.accepte_at),
    finAt: iso(row.fin_at),
    refuseAt: iso(row.refuse_at),
    motifRefus: row.motif_refus,
    retireAt: iso(row.retire_at),
    examen: isOperateur(ctx)
      ? {
          verification: row.verification,
          proposePar: person(row.propose_par, row.structure_nom) || null,
          verifiePar: person(row.verifie_par, 'Ancien membre de l’équipe') || null,
          acceptePar: person(row.accepte_par, 'Ancien membre de l’équipe') || null,
          remplace: row.remplace,
          autresStructures: row.autres ?? [],
        }
      : null,
    bordereauxOuverts: row.ouverts,
  }))
}

export const getCompteBancaire = async (ctx: Ctx, { compteId }: { compteId: string }): Promise<CompteBancaire> => {
  const [compte] = await toComptes(ctx, await select(ctx, sql`and c.id = ${compteId}::uuid`))
  return found(compte)
}

type Filters = {
  apres?: string | undefined
  taille?: number | undefined
  statut?: CompteBancaireStatut | undefined
  structure?: string | undefined
}
const AFTER = z.tuple([z.iso.datetime(), z.uuid()])

/** The latest request first. */
export const listComptesBancaires = async (ctx: Ctx, { apres, taille = TAILLE, statut, structure }: Filters) => {
  const after = cursorOf(apres, AFTER)
  const where = sql`${statut ? sql`and c.statut = ${statut}` : empty}
    ${structure ? sql`and position(lower(${structure}) in lower(o.nom)) > 0` : empty}`
  const rows = await select(
    ctx,
    sql`${where} ${after ? sql`and (date_trunc('milliseconds', c.created_at), c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty}
      order by date_trunc('milliseconds', c.created_at) desc, c.id desc limit ${taille + 1}::int`,
  )
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`
    select count(*)::int n from compte_bancaire c join organisation o on o.id = c.organisation_id where ${inScope(ctx)} ${where}`
  const page = pageOf(rows, taille, (row) => [row.created_at.toISOString(), row.id], counted.n)
  return { ...page, items: await toComptes(ctx, page.items) }
}

/** The whole number, for whoever compares it with the bank: the reading is journaled by the door. */
export const readIban = async (ctx: Ctx, { compteId }: { compteId: string }): Promise<{ iban: string }> => {
  const [row] = await ctx.db.$queryRaw<
    { iban: string }[]
  >`select c.iban from compte_bancaire c where ${inScope(ctx)} and c.id = ${compteId}::uuid`
  return { iban: found(row).iban }
}

export type HeldCompte = CompteDemande & { id: string; structureId: string }

/** The request, its row locked: of two people at once, the second reads what the first did. */
export const holdCompte = async (ctx: Ctx, compteId: string): Promise<HeldCompte> => {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select c.id, c.organisation_id, c.statut, c.created_at, c.propose_par, c.verifie_par, c.verification from compte_bancaire c
     where ${inScope(ctx)} and c.id = ${compteId}::uuid for no key update of c`
  const {
    id,
    organisation_id: structureId,
    statut,
    created_at: demandeAt,
    propose_par: proposePar,
    verifie_par: verifiePar,
    verification,
  } = found(row)
  return { id, structureId, statut, demandeAt, proposePar, verifiePar, verification }
}

/** One's own request, its row locked: an acceptance at the same instant comes before or after, never between. */
export const holdOwnCompte = async (ctx: Ctx, compteId: string): Promise<Pick<HeldCompte, 'structureId' | 'statut'>> => {
  const [row] = await ctx.db.$queryRaw<{ structureId: string; statut: CompteBancaireStatut }[]>`
    select c.organisation_id "structureId", c.statut from compte_bancaire c
     where ${reachSql(ctx, 'compte_bancaire', 'c')} and c.id = ${compteId}::uuid for no key update of c`
  return found(row)
}
