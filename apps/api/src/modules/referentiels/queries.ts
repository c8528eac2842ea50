import { rechercheDe } from '@pass/domain/recherche.ts'
import type { Actor, Ctx, PublicCtx } from '../../platform/context.ts'

/** Somebody of an organisation, or a job that works for it. */
type TerritoryCtx = Pick<PublicCtx, 'db'> & { actor: Pick<Actor, 'organisationId'> }

/** What a field that completes as one types can show. */
const SHOWN = 20

/** Communes by the beginning of their name, or of their postal code when digits are typed; the shortest names first. */
export const listCommunes = async ({ db }: PublicCtx, { recherche }: { recherche: string }) => {
  const typed = rechercheDe(recherche)
  if (typed === '') return { items: [] }
  const digits = typed.replaceAll(' ', '')
  const items = /^[0-9]+$/.test(digits)
    ? await db.$queryRaw<Commune[]>`
        select code, nom, departement, codes_postaux as "codesPostaux" from commune
         where exists (select 1 from unnest(codes_postaux) cp where starts_with(cp, ${digits})) order by recherche, code limit ${SHOWN}`
    : await db.$queryRaw<Commune[]>`
        select code, nom, departement, codes_postaux as "codesPostaux" from commune
         where recherche ^@ ${typed} order by length(recherche), recherche, code limit ${SHOWN}`
  return { items }
}
type Commune = { code: string; nom: string; departement: string; codesPostaux: string[] }

export const listDepartements = async ({ db }: PublicCtx) => ({
  items: await db.departement.findMany({ select: { code: true, nom: true }, orderBy: { code: 'asc' } }),
})

/**
 * The prescripteurs that share a commune with the territory of the caller's organisation: codes `C…` commune, `E…` EPCI, `D…`
 * département, `R…` région, each holding or held by the other.
 */
export const listPrescripteurs = ({ db, actor }: TerritoryCtx, prescripteurId: string | null = null) =>
  db.$queryRaw<{ id: string; nom: string }[]>`
    with mine as (select territoire from organisation where id = ${actor.organisationId}::uuid),
    codes as (
      select unnest(array['C' || c.code, 'E' || c.epci, 'D' || c.departement, 'R' || c.region]) as code
        from commune c, mine where array['C' || c.code, 'E' || c.epci, 'D' || c.departement, 'R' || c.region] && mine.territoire
      union select unnest(territoire) from mine)
    select o.id, o.nom from organisation o
     where o.type = 'prescripteur' and (${prescripteurId}::uuid is null or o.id = ${prescripteurId}::uuid)
       and o.territoire && array(select code from codes where code is not null)
     order by o.nom, o.id`

/** The same with their SIRET, for a file that names them by it. */
export const listPrescripteursBySiret = async (ctx: TerritoryCtx) => {
  const rows = await listPrescripteurs(ctx)
  const known = await ctx.db.organisation.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, select: { id: true, siret: true } })
  const sirets = new Map(known.map(({ id, siret }) => [id, siret]))
  return rows.map((row) => ({ ...row, siret: sirets.get(row.id) ?? null }))
}

/** The operators, or the prescripteurs that share territory with the caller's organisation. */
export const listOrganisations = async (ctx: Ctx, { type }: { type: 'operateur' | 'prescripteur' }) => ({
  items:
    type === 'operateur'
      ? await ctx.db.organisation.findMany({ where: { type }, select: { id: true, nom: true }, orderBy: [{ nom: 'asc' }, { id: 'asc' }] })
      : await listPrescripteurs(ctx),
})
