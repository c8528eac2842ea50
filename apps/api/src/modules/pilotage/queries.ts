import type { Entonnoir } from '@pass/contracts/pilotage.ts'
import { type Figure, FIGURE_ETAPES, type FigureEtape, tauxOf } from '@pass/domain/figures.ts'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { reaches, reachSql } from '../../platform/reach.ts'

type Count = { collectivite_id: string; etape: FigureEtape; carnets: bigint; pass: bigint; centimes: bigint }
type Balance = { collectivite_id: string; nature: string; centimes: bigint }
type Filter = { conventionId?: string | undefined }

/** Who reaches no carnet (the ANCT) gets counts from a function that reads for it; the others add up their own rows. */
const isNational = (ctx: Ctx) => !reaches(ctx, 'carnet')

const countsOf = (ctx: Ctx, { conventionId }: Filter) => {
  if (isNational(ctx)) return ctx.db.$queryRaw<Count[]>`select * from stats_entonnoir(${conventionId ?? null}::uuid)`
  const own = conventionId ? sql`where convention_id = ${conventionId}::uuid` : empty
  return ctx.db.$queryRaw<
    Count[]
  >`select collectivite_id, etape, sum(carnets)::bigint carnets, sum(pass)::bigint pass, sum(centimes)::bigint centimes
    from entonnoir ${own} group by collectivite_id, etape`
}

const balancesOf = (ctx: Ctx, { conventionId }: Filter) => {
  if (isNational(ctx)) return ctx.db.$queryRaw<Balance[]>`select * from stats_argent(${conventionId ?? null}::uuid)`
  return ctx.db.$queryRaw<Balance[]>`select collectivite_id, nature, sum(solde_centimes)::bigint centimes from account a
    where ${reachSql(ctx, 'account', 'a')} ${conventionId ? sql`and convention_id = ${conventionId}::uuid` : empty} group by collectivite_id, nature`
}

/** Every stage, in order, 0 where nothing is. */
const figuresOf = (counts: readonly Count[]): Figure[] =>
  FIGURE_ETAPES.map((etape) => {
    const rows = counts.filter((row) => row.etape === etape)
    const sum = (key: 'carnets' | 'pass' | 'centimes') => Number(rows.reduce((total, row) => total + row[key], 0n))
    return { etape, carnets: sum('carnets'), pass: sum('pass'), centimes: sum('centimes') }
  })

const sumOf = (balances: readonly Balance[], nature: string) =>
  Number(balances.filter((row) => row.nature === nature).reduce((total, { centimes }) => total + centimes, 0n))

/** Where carnets and money stand, in the actor's own perimeter; a convention out of reach counts nothing. */
export const getEntonnoir = async (ctx: Ctx, filter: Filter): Promise<Entonnoir> => {
  const etapes = figuresOf(await countsOf(ctx, filter))
  const balances = await balancesOf(ctx, filter)
  return {
    at: ctx.now.toISOString(),
    etapes,
    taux: tauxOf(etapes),
    argent: {
      fonds: sumOf(balances, 'fonds'),
      circulation: sumOf(balances, 'circulation'),
      du: sumOf(balances, 'du'),
      enPaiement: sumOf(balances, 'en_paiement'),
      paye: sumOf(balances, 'paye'),
    },
  }
}

type Collectivite = { id: string; nom: string; departement: string | null }

/** The same figures, one line a collectivité, by name: every one, also where nothing has begun. */
export const listTerritoires = async (ctx: Ctx) => {
  const collectivites = await ctx.db.$queryRaw<
    Collectivite[]
  >`select id, nom, departement from organisation where type = 'collectivite' order by nom, id`
  const counts = Map.groupBy(await countsOf(ctx, {}), (row) => row.collectivite_id)
  const balances = Map.groupBy(await balancesOf(ctx, {}), (row) => row.collectivite_id)
  const items = collectivites.map(({ id, nom, departement }) => {
    const etapes = figuresOf(counts.get(id) ?? [])
    const utiliseCentimes = etapes.find(({ etape }) => etape === 'utilises')?.centimes ?? 0
    return { collectivite: { id, nom }, departement, etapes, utiliseCentimes, payeCentimes: sumOf(balances.get(id) ?? [], 'paye') }
  })
  return { at: ctx.now.toISOString(), items }
}
