import type { Financement, FinanceurSituation } from '@pass/contracts/financement.ts'
import type { FinanceurNature } from '@pass/domain/conventions.ts'
import { financeurCle } from '@pass/domain/financement.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach, reaches, reachSql } from '../../platform/reach.ts'

type Named = {
  convention_id: string
  cle: string
  nom: string
  nature: FinanceurNature
  rang: number
  cle_bp: number
  plafond: bigint | null
}
type PartRow = Named & { pass: number; part: bigint; derogation: bigint }
type AvanceRow = Pick<Named, 'convention_id' | 'cle' | 'nom' | 'nature'> & { montant: bigint }
type SoldeRow = { convention_id: string; cle: string; nature: 'a_appeler' | 'appele' | 'recu'; solde: bigint }
type AppelRow = { convention_id: string; cle: string; deduit: bigint; brouillon: string | null }
type Rows = { cles: Named[]; parts: PartRow[]; avances: AvanceRow[]; soldes: SoldeRow[]; appels: AppelRow[]; totaux: TotalRow[] }
type TotalRow = { convention_id: string; pass: number; montant: bigint }

const partsOf = (ctx: Ctx, ids: readonly string[]) => ctx.db.$queryRaw<PartRow[]>`
  select convention_id, cle, (array_agg(nom order by at desc))[1] as nom, (array_agg(nature order by at desc))[1] as nature, (array_agg(rang order by at desc))[1] as rang,
         (array_agg(cle_bp order by at desc))[1] as cle_bp, (array_agg(plafond_centimes order by at desc))[1] as plafond,
         sum(pass)::int as pass, sum(montant_centimes)::bigint as part, sum(derogation_centimes)::bigint as derogation
    from partage_part p where convention_id = any(${[...ids]}::uuid[]) and ${reachSql(ctx, 'partage_part', 'p')} group by 1, 2`

const avancesOf = (ctx: Ctx, ids: readonly string[]) => ctx.db.$queryRaw<AvanceRow[]>`
  select convention_id, cle, min(nom) as nom, min(nature) as nature, sum(montant_centimes)::bigint as montant
    from avance a where convention_id = any(${[...ids]}::uuid[]) and ${reachSql(ctx, 'avance', 'a')} group by 1, 2`

const soldesOf = (ctx: Ctx, ids: readonly string[]) => ctx.db.$queryRaw<SoldeRow[]>`
  select convention_id, financeur_cle as cle, nature, solde_centimes as solde
    from account a where convention_id = any(${[...ids]}::uuid[]) and nature in ('a_appeler', 'appele', 'recu') and ${reachSql(ctx, 'account', 'a')}`

/** What the calls took from the advances, the refused ones left out, and the draft where there is one. */
const appelsOf = (ctx: Ctx, ids: readonly string[]) => ctx.db.$queryRaw<AppelRow[]>`
  select convention_id, cle, sum(avance_centimes)::bigint as deduit, (array_agg(id) filter (where statut = 'brouillon'))[1] as brouillon
    from appel_fonds f where convention_id = any(${[...ids]}::uuid[]) and statut <> 'refuse' and ${reachSql(ctx, 'appel_fonds', 'f')} group by 1, 2`

const totauxOf = async (ctx: Ctx, ids: readonly string[]) =>
  reaches(ctx, 'partage')
    ? ctx.db.$queryRaw<TotalRow[]>`select convention_id, sum(pass)::int as pass, sum(montant_centimes)::bigint as montant
        from partage p where convention_id = any(${[...ids]}::uuid[]) and ${reachSql(ctx, 'partage', 'p')} group by 1`
    : []

/** The financeurs of today, for who reads them: they are there before their first part. */
const clesOf = async (ctx: Ctx, ids: readonly string[]): Promise<Named[]> => {
  if (!reaches(ctx, 'convention_financeur')) return []
  const rows = await ctx.db.conventionFinanceur.findMany({
    where: { conventionId: { in: [...ids] }, ...reach(ctx, 'convention_financeur') },
  })
  return rows.map(({ conventionId, financeurId, nature, nom, rang, cleBp, plafondCentimes }) => ({
    convention_id: conventionId,
    cle: financeurCle({ financeurId, nature, nom }),
    nom,
    nature: nature as FinanceurNature,
    rang,
    cle_bp: cleBp,
    plafond: plafondCentimes,
  }))
}

const toFinanceur = (one: Named, rows: Rows): FinanceurSituation => {
  const same = (row: { convention_id: string; cle: string }) => row.convention_id === one.convention_id && row.cle === one.cle
  const part = rows.parts.find(same)
  const avances = Number(rows.avances.find(same)?.montant ?? 0)
  const appel = rows.appels.find(same)
  const soldeOf = (nature: SoldeRow['nature']) => Number(rows.soldes.find((row) => same(row) && row.nature === nature)?.solde ?? 0)
  return {
    cle: one.cle,
    nom: one.nom,
    nature: one.nature,
    cleBp: one.cle_bp,
    plafondCentimes: one.plafond === null ? null : Number(one.plafond),
    partCentimes: Number(part?.part ?? 0),
    derogationCentimes: Number(part?.derogation ?? 0),
    aAppelerCentimes: soldeOf('a_appeler'),
    appeleCentimes: soldeOf('appele'),
    recuCentimes: soldeOf('recu'),
    avancesCentimes: avances,
    avanceRestanteCentimes: avances - Number(appel?.deduit ?? 0),
    brouillonId: appel?.brouillon ?? null,
  }
}

/** Every financeur of a convention once: those of today, then those who paid under an earlier avenant. */
const namesOf = (conventionId: string, { cles, parts, avances }: Rows): Named[] => {
  const known = new Map<string, Named>()
  const early = avances.map((row) => ({ ...row, rang: 99, cle_bp: 0, plafond: null }))
  for (const row of [...cles, ...parts, ...early]) if (row.convention_id === conventionId && !known.has(row.cle)) known.set(row.cle, row)
  return [...known.values()].toSorted((a, b) => a.rang - b.rang)
}

const sum = (rows: readonly number[]) => rows.reduce((total, one) => total + one, 0)

type Row = { id: string; reference: string; nom: string; collectivite: { id: string; nom: string } }
const toFinancement = ({ collectivite, ...convention }: Row, rows: Rows): Financement => {
  const financeurs = namesOf(convention.id, rows).map((one) => toFinanceur(one, rows))
  const total = rows.totaux.find(({ convention_id }) => convention_id === convention.id)
  const mine = rows.parts.filter(({ convention_id }) => convention_id === convention.id)
  const montantCentimes = total ? Number(total.montant) : sum(financeurs.map(({ partCentimes }) => partCentimes))
  const soldes = sum(financeurs.map((one) => one.aAppelerCentimes + one.appeleCentimes + one.recuCentimes))
  return {
    convention,
    collectivite,
    pass: total?.pass ?? Math.max(0, ...mine.map(({ pass }) => pass)),
    montantCentimes,
    financeurs,
    equilibre: soldes === montantCentimes,
  }
}

type Query = { conventionId?: string | undefined; apres?: string | undefined; taille?: number | undefined }

/** Conventions in reach that were signed, the last one first, with where their financing stands. */
export const listFinancements = async (ctx: Ctx, { conventionId, apres, taille = TAILLE }: Query) => {
  const last = cursorOf(apres, z.uuid())
  const where = { statut: { not: 'brouillon' }, ...(conventionId && { id: conventionId }), ...reach(ctx, 'convention') }
  const found = await ctx.db.convention.findMany({
    where: { AND: [where, last ? { id: { lt: last } } : {}] },
    select: { id: true, reference: true, nom: true, collectivite: { select: { id: true, nom: true } } },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(found, taille, ({ id }) => id, await ctx.db.convention.count({ where }))
  const ids = page.items.map(({ id }) => id)
  const rows: Rows = {
    cles: await clesOf(ctx, ids),
    parts: await partsOf(ctx, ids),
    avances: await avancesOf(ctx, ids),
    soldes: await soldesOf(ctx, ids),
    appels: await appelsOf(ctx, ids),
    totaux: await totauxOf(ctx, ids),
  }
  return { ...page, items: page.items.map((row) => toFinancement(row, rows)) }
}
