import type { PublicCtx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import type { Commune, Gazetteer, Place } from './convert-place.ts'

/** Names the list a place comes from; with its number there, it is the place's identity over the years. */
export const SOURCE = 'france-services'
/** Owner of imported places until a structure claims its own; made with the official geographic code. */
export const RESEAU_NOM = 'Réseau France services'

type Owners = { anct: string; reseau: string }

/** Who imports (the ANCT) and who owns what is imported; either missing is a 404. */
export const findOwners = async ({ db }: Pick<PublicCtx, 'db'>): Promise<Owners> => {
  const anct = await db.organisation.findFirst({ where: { type: 'anct' }, orderBy: { createdAt: 'asc' }, select: { id: true } })
  const reseau = await db.organisation.findFirst({
    where: { type: 'structure', nom: RESEAU_NOM },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  })
  return { anct: found(anct).id, reseau: found(reseau).id }
}

/** Every commune in force, by its code and by its postal codes. */
export const readGazetteer = async ({ db }: Pick<PublicCtx, 'db'>): Promise<Gazetteer> => {
  const communes = await db.$queryRaw<Commune[]>`
    select c.code, c.nom, c.recherche, c.departement, c.region, c.epci, c.codes_postaux as "codesPostaux", d.fuseau
      from commune c join departement d on d.code = c.departement`
  const byPostal = new Map<string, Commune[]>()
  for (const commune of communes)
    for (const postal of commune.codesPostaux) byPostal.set(postal, [...(byPostal.get(postal) ?? []), commune])
  return { byCode: new Map(communes.map((commune) => [commune.code, commune])), byPostal }
}

/**
 * Writes places in one statement: new ones belong to `reseau` and are not published; known ones change only when their print
 * differs, and keep their owner and their publication. Answers how many were made and changed; the rest was the same.
 */
export const upsertPlaces = async ({ db }: Pick<PublicCtx, 'db'>, reseau: string, places: readonly Place[]) => {
  const column = <K extends keyof Place>(key: K) => places.map((place) => place[key])
  const [row] = await db.$queryRaw<{ creees: number; modifiees: number }[]>`
    with ecrit as (
      insert into lieu as l (organisation_id, id, source, source_id, nom, adresse, complement_adresse, code_postal, commune, nom_commune, departement,
        territoires, latitude, longitude, telephone, courriel, horaires, minutes_semaine, itinerant, fuseau, empreinte)
      select ${reseau}::uuid, uuidv7(), ${SOURCE}, t.source_id, t.nom, t.adresse, t.complement, t.code_postal, t.commune, t.nom_commune, t.departement,
             string_to_array(t.territoires, ','), t.latitude, t.longitude, t.telephone, t.courriel, t.horaires, t.minutes, t.itinerant, t.fuseau, t.empreinte
        from unnest(${column('sourceId')}::text[], ${column('nom')}::text[], ${column('adresse')}::text[], ${column('complementAdresse')}::text[],
               ${column('codePostal')}::text[], ${column('commune')}::text[], ${column('nomCommune')}::text[], ${column('departement')}::text[],
               ${places.map(({ territoires }) => territoires.join(','))}::text[], ${column('latitude')}::float8[], ${column('longitude')}::float8[],
               ${column('telephone')}::text[], ${column('courriel')}::text[], ${column('horaires')}::text[], ${column('minutesSemaine')}::int[],
               ${column('itinerant')}::bool[], ${column('fuseau')}::text[], ${column('empreinte')}::text[])
          as t(source_id, nom, adresse, complement, code_postal, commune, nom_commune, departement, territoires, latitude, longitude, telephone, courriel,
               horaires, minutes, itinerant, fuseau, empreinte)
      on conflict (source, source_id) do update set
        nom = excluded.nom, adresse = excluded.adresse, complement_adresse = excluded.complement_adresse, code_postal = excluded.code_postal,
        commune = excluded.commune, nom_commune = excluded.nom_commune, departement = excluded.departement, territoires = excluded.territoires,
        latitude = excluded.latitude, longitude = excluded.longitude, telephone = excluded.telephone, courriel = excluded.courriel,
        horaires = excluded.horaires, minutes_semaine = excluded.minutes_semaine, itinerant = excluded.itinerant, fuseau = excluded.fuseau,
        empreinte = excluded.empreinte, updated_at = now()
        where l.empreinte is distinct from excluded.empreinte
      returning old.source_id is null as creee)
    select count(*) filter (where creee)::int as creees, count(*) filter (where not creee)::int as modifiees from ecrit`
  return row!
}
