import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { listPrescripteurs } from './queries.ts'

/** A prescripteur of the caller's territory, or 404: elsewhere or absent is one answer. */
export const getPrescripteur = async (ctx: Ctx, prescripteurId: string) => {
  const [row] = await listPrescripteurs(ctx, prescripteurId)
  return found(row)
}

export { listPrescripteursBySiret } from './queries.ts'

/** The code of a commune in a body names one: the reference is part of the form, hence a 400 on its field. */
export const checkCommune = async ({ db }: Pick<Ctx, 'db'>, code: string | null, chemin: string) => {
  const message = 'Choisissez la commune dans la liste.'
  const isKnown = code === null || (await db.commune.count({ where: { code } })) === 1
  enforce(isKnown ? null : refuse('demande_malformee', message, [{ chemin, message }]), 400)
}

/** The code of a département in a body names one. */
export const checkDepartement = async ({ db }: Pick<Ctx, 'db'>, code: string | null, chemin: string) => {
  const message = 'Choisissez le département dans la liste.'
  const isKnown = code === null || (await db.departement.count({ where: { code } })) === 1
  enforce(isKnown ? null : refuse('demande_malformee', message, [{ chemin, message }]), 400)
}

/** The codes of a territory (`C…` commune, `E…` EPCI, `D…` département, `R…` région) that name nothing. */
const unknownCodes = ({ db }: Pick<Ctx, 'db'>, codes: readonly string[]) =>
  db.$queryRaw<{ code: string }[]>`
    select t.code from unnest(${[...codes]}::text[]) t(code)
     where not case left(t.code, 1)
       when 'C' then exists (select 1 from commune where code = substr(t.code, 2))
       when 'E' then exists (select 1 from epci where code = substr(t.code, 2))
       when 'D' then exists (select 1 from departement where code = substr(t.code, 2))
       when 'R' then exists (select 1 from departement where region = substr(t.code, 2))
       else false end`

/** The codes that reach beyond those of `outer`: neither one of them, nor a place whose communes are all in them. */
const codesOutside = ({ db }: Pick<Ctx, 'db'>, codes: readonly string[], outer: readonly string[]) =>
  db.$queryRaw<{ code: string }[]>`
    with place as (
      select t.code, array['C' || c.code, 'E' || c.epci, 'D' || c.departement, 'R' || c.region] && ${[...outer]}::text[] as inside
        from unnest(${[...codes]}::text[]) t(code)
        join commune c on t.code in ('C' || c.code, 'E' || c.epci, 'D' || c.departement, 'R' || c.region))
    select t.code from unnest(${[...codes]}::text[]) t(code)
     where t.code <> all (${[...outer]}::text[]) and not coalesce((select bool_and(p.inside) from place p where p.code = t.code), false)`

/** The codes of a territory in a body name places; `within`: none beyond these ones, when there are any. */
export const checkTerritoire = async (ctx: Pick<Ctx, 'db'>, codes: readonly string[], within: readonly string[] = []) => {
  if (codes.length === 0) return
  const message = 'Choisissez des territoires dans la liste, parmi ceux de l’organisation.'
  const wrong = [...(await unknownCodes(ctx, codes)), ...(within.length > 0 ? await codesOutside(ctx, codes, within) : [])]
  enforce(wrong.length === 0 ? null : refuse('demande_malformee', message, [{ chemin: 'territoire', message }]), 400)
}

type CommuneDuTerritoire = { code: string; nom: string; population: number; epci: string | null; epciNom: string | null }

/** Every commune of the caller's organisation's territory, with its people: by name. */
export const communesOfTerritoire = ({ db, actor }: Ctx) =>
  db.$queryRaw<CommuneDuTerritoire[]>`
    select c.code, c.nom, c.population, c.epci, e.nom as "epciNom"
      from commune c left join epci e on e.code = c.epci
     where array['C' || c.code, 'E' || c.epci, 'D' || c.departement, 'R' || c.region] && (select territoire from organisation where id = ${actor.organisationId}::uuid)
     order by c.nom, c.code`
