import type { z } from 'zod'
import { Termes as TermesLus } from '@pass/contracts/convention-termes.ts'
import type { Convention } from '@pass/contracts/conventions.ts'
import type { Version, VersionSummary } from '@pass/contracts/conventions-versions.ts'
import { diffTermes, type Noms, type Termes, versionTitle, type VersionStatut } from '@pass/domain/convention-termes.ts'
import { formatDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach, reaches } from '../../platform/reach.ts'
import { lieuIdsOf, type LieuNomme, namesOfLieux } from './lieux.ts'
import { getConvention, toFinanceur } from './queries.ts'
import { namesOfTerritoires } from './territoires.ts'

type Row = Prisma.ConventionVersionGetPayload<object>
type Financeurs = Version['financeurs']
/** A lot that an avenant prolongs, with its name and its former day, as they were when it was written. */
export type ProlongationLue = { lotId: string; dateFin: string; lot: string; avant: string }

/** The objet of the version that no avenant made. */
export const OBJET_INITIAL = 'Convention telle que signée par ses financeurs.'

type Regles = z.infer<typeof TermesLus>
/** The rules in force, as a version keeps them: the convention's own row and its list of lieux. */
export const reglesOf = async (ctx: Ctx, convention: Convention): Promise<Regles> =>
  TermesLus.parse({ ...convention, lieux: await lieuIdsOf(ctx, convention.id) })

export const termesOf = (regles: Regles, financeurs: Financeurs): Termes => ({ ...regles, financeurs })

const missingOf = (statut: VersionStatut, financeurs: Financeurs): string[] =>
  statut === 'abandonnee' ? [] : financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)

const toSummary = (row: Row, financeurs: Financeurs): VersionSummary => {
  const statut = row.statut as VersionStatut
  return {
    numero: row.numero,
    titre: versionTitle(row.numero),
    statut,
    objet: row.objet,
    par: row.par,
    createdAt: row.createdAt.toISOString(),
    dateEffet: row.dateEffet && dayOf(row.dateEffet),
    dateRemplacement: row.dateRemplacement && dayOf(row.dateRemplacement),
    motifAbandon: row.motifAbandon,
    signaturesManquantes: missingOf(statut, financeurs),
  }
}

/** Before its first avenant a convention has one version, which is itself. */
const initialOf = ({ statut, dateSignature, collectivite, financeurs }: Convention, createdAt: Date): VersionSummary => {
  const version = statut === 'brouillon' ? ('brouillon' as const) : ('en_vigueur' as const)
  return {
    numero: 1,
    titre: versionTitle(1),
    statut: version,
    objet: OBJET_INITIAL,
    par: collectivite.nom,
    createdAt: createdAt.toISOString(),
    dateEffet: version === 'brouillon' ? null : dateSignature,
    dateRemplacement: null,
    motifAbandon: null,
    signaturesManquantes: missingOf(version, financeurs),
  }
}

const financeursOf = async (ctx: Ctx, conventionId: string): Promise<Map<number, Financeurs>> => {
  if (!reaches(ctx, 'convention_version_financeur')) return new Map()
  const rows = await ctx.db.conventionVersionFinanceur.findMany({
    where: { conventionId, ...reach(ctx, 'convention_version_financeur') },
    orderBy: [{ numero: 'asc' }, { rang: 'asc' }],
  })
  return new Map([...Map.groupBy(rows, ({ numero }) => numero)].map(([numero, list]) => [numero, list.map(toFinanceur)]))
}

const createdAtOf = async (ctx: Ctx, conventionId: string): Promise<Date> =>
  found(await ctx.db.convention.findFirst({ where: { id: conventionId, ...reach(ctx, 'convention') }, select: { createdAt: true } }))
    .createdAt

const rowsOf = (ctx: Ctx, conventionId: string): Promise<Row[]> =>
  ctx.db.conventionVersion.findMany({ where: { conventionId, ...reach(ctx, 'convention_version') }, orderBy: { numero: 'asc' } })

/** The versions of a convention in reach, the last one first. */
export const listVersions = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<{ items: VersionSummary[] }> => {
  const convention = await getConvention(ctx, { conventionId })
  const rows = await rowsOf(ctx, conventionId)
  if (rows.length === 0) return { items: [initialOf(convention, await createdAtOf(ctx, conventionId))] }
  const financeurs = await financeursOf(ctx, conventionId)
  return { items: rows.map((row) => toSummary(row, financeurs.get(row.numero) ?? [])).toReversed() }
}

type Nommes = { lieux: LieuNomme[]; territoires: { code: string; nom: string }[]; noms: Noms }
const namesFor = async (ctx: Ctx, ids: readonly string[], territoire: readonly string[]): Promise<Nommes> => {
  const lieux = await namesOfLieux(ctx, ids)
  const territoires = await namesOfTerritoires(ctx, territoire)
  const noms = {
    lieux: new Map(lieux.map(({ id, nom, commune }) => [id, `${nom} (${commune})`])),
    territoires: new Map(territoires.map(({ code, nom }) => [code, nom])),
  }
  return { lieux, territoires, noms }
}

const prolongationDiff = (list: readonly ProlongationLue[]) =>
  list.map(({ lot, avant, dateFin }) => ({
    champ: 'prolongations',
    libelle: `Fin de validité du lot de la ${lot}`,
    avant: formatDay(avant),
    apres: formatDay(dateFin),
  }))

const initialVersion = async (ctx: Ctx, convention: Convention): Promise<Version> => {
  const { id, reference, nom, statut, financeurs } = convention
  const termes = await reglesOf(ctx, convention)
  const { lieux, territoires } = await namesFor(ctx, termes.lieux, termes.territoire)
  const summary = initialOf(convention, await createdAtOf(ctx, id))
  return {
    ...summary,
    convention: { id, reference, nom, statut },
    termes,
    financeurs,
    lieux,
    territoires,
    prolongations: [],
    differences: [],
  }
}

/** A version, its rules and what they change from the version that it replaced, or that it would replace. */
export const getVersion = async (ctx: Ctx, { conventionId, version }: { conventionId: string; version: number }): Promise<Version> => {
  const convention = await getConvention(ctx, { conventionId })
  const rows = await rowsOf(ctx, conventionId)
  if (rows.length === 0 && version === 1) return initialVersion(ctx, convention)
  const row = found(rows.find(({ numero }) => numero === version))
  const financeurs = await financeursOf(ctx, conventionId)
  // an abandoned avenant was never in force: it is no one's past
  const before = rows.findLast(({ numero, statut }) => numero < version && (statut === 'en_vigueur' || statut === 'remplacee'))
  const termes = TermesLus.parse(row.termes)
  const former = before && TermesLus.parse(before.termes)
  const { lieux, territoires, noms } = await namesFor(
    ctx,
    [...termes.lieux, ...(former?.lieux ?? [])],
    [...termes.territoire, ...(former?.territoire ?? [])],
  )
  const own = financeurs.get(version) ?? []
  const prolongations = row.prolongations as ProlongationLue[]
  const { id, reference, nom, statut } = convention
  return {
    ...toSummary(row, own),
    convention: { id, reference, nom, statut },
    termes,
    financeurs: own,
    territoires: territoires.filter(({ code }) => termes.territoire.includes(code)),
    lieux: lieux.filter((lieu) => termes.lieux.includes(lieu.id)),
    prolongations,
    differences: before
      ? [
          ...diffTermes(termesOf(former!, financeurs.get(before.numero) ?? []), termesOf(termes, own), noms),
          ...prolongationDiff(prolongations),
        ]
      : [],
  }
}

/** The lieux of the version in force, by name. */
export const listConventionLieux = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<{ items: LieuNomme[] }> => {
  await getConvention(ctx, { conventionId })
  return { items: await namesOfLieux(ctx, await lieuIdsOf(ctx, conventionId)) }
}
