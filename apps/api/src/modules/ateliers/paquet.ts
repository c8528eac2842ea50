import type { Paquet } from '@pass/contracts/guichet.ts'
import { DIFFERE_ACTES, DIFFERE_HEURES } from '@pass/domain/differes.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'

/** Ateliers of today and of this many days after it. */
const JOURS_APRES = 2

/** The public keys that check a QR code, and nothing of those that sign: raw Ed25519, as a browser imports them. */
const clesOf = ({ qrKeys }: Pick<Secrets, 'qrKeys'>): Paquet['cles'] =>
  [...qrKeys.values()].map(({ id, publicKey, du, au }) => ({ id, publique: String(publicKey.export({ format: 'jwk' }).x), du, au }))

type ConventionRow = {
  collectivite_id: string
  nom: string
  tolerance_jours: number
  pass_par_atelier: number
  pass_par_atelier_long: number
  pass_par_demi_journee: number
  lieux: string[] | null
}

const conventionsOf = async ({ db }: Ctx): Promise<Paquet['conventions']> => {
  const rows = await db.$queryRaw<ConventionRow[]>`
    select p.collectivite_id, o.nom, p.tolerance_jours, p.pass_par_atelier, p.pass_par_atelier_long, p.pass_par_demi_journee, p.lieux
      from paquet_conventions() p join organisation o on o.id = p.collectivite_id order by o.nom, p.collectivite_id, p.convention_id`
  return rows.map((row) => ({
    collectiviteId: row.collectivite_id,
    collectivite: row.nom,
    toleranceJours: row.tolerance_jours,
    passParAtelier: row.pass_par_atelier,
    passParAtelierLong: row.pass_par_atelier_long,
    passParDemiJournee: row.pass_par_demi_journee,
    lieux: row.lieux,
  }))
}

type Participant = { inscriptionId: string; nom: string | null; serie: number }
type AtelierRow = {
  id: string
  lieu_id: string
  nom: string
  fuseau: string
  theme: ThemeCode
  date: string
  debut: string
  duree_minutes: number
  capacite: number
  places_prises: number
  gens: Participant[]
}

const ateliersOf = async (ctx: Ctx): Promise<Paquet['ateliers']> => {
  const rows = await ctx.db.$queryRaw<AtelierRow[]>`
    select a.id, a.lieu_id, l.nom, l.fuseau, a.theme, a.date::text as date, a.debut, a.duree_minutes, a.capacite, a.places_prises,
           (select coalesce(jsonb_agg(jsonb_build_object('inscriptionId', p.inscription_id, 'nom', p.nom, 'serie', p.serie)), '[]')
              from atelier_people(a.id) p where p.statut in ('inscrit', 'present')) gens
      from atelier a join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
     where ${reachSql(ctx, 'atelier', 'a')} and a.statut in ('ouvert', 'complet', 'tenu')
       and a.date between (${ctx.now}::timestamptz at time zone l.fuseau)::date and (${ctx.now}::timestamptz at time zone l.fuseau)::date + ${JOURS_APRES}::int
     order by a.date, a.debut, a.id`
  return rows.map((row) => ({
    id: row.id,
    lieu: { id: row.lieu_id, nom: row.nom, fuseau: row.fuseau },
    theme: row.theme,
    date: row.date,
    debut: row.debut,
    dureeMinutes: row.duree_minutes,
    capacite: row.capacite,
    placesPrises: row.places_prises,
    participants: row.gens.map(({ inscriptionId, nom, serie }) => ({ inscriptionId, nom: nom ?? `Carnet ${formatSerie(serie)}` })),
  }))
}

/** What a counter takes along to work without network. */
export const getPaquet = async (ctx: Ctx, secrets: Pick<Secrets, 'qrKeys'>): Promise<Paquet> => {
  const bloques = await ctx.db.$queryRaw<{ de: bigint; a: bigint }[]>`select de, a from paquet_bloques(${ctx.today}::date)`
  return {
    genereAt: ctx.now.toISOString(),
    limites: { heures: DIFFERE_HEURES, actes: DIFFERE_ACTES },
    cles: clesOf(secrets),
    bloques: bloques.map(({ de, a }) => ({ de: Number(de), a: Number(a) })),
    conventions: await conventionsOf(ctx),
    ateliers: await ateliersOf(ctx),
  }
}
