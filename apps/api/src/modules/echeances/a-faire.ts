import { ECHEANCE_JOURS } from '@pass/domain/echeances.ts'
import { type AFaireEcheance, type Partie, UTILISATIONS_TARDIVES_JOURS } from '@pass/domain/echeance-suivi.ts'
import { type Sql, sql } from '../../platform/db.ts'

const days = (fin: Sql, count: number) => sql`(${fin} + ${count}::int)`
/** Agreed by this side: of the statement as it stands, for the statement. */
const agreed = (etape: 'arret_distribution' | 'constat' | 'releve', partie: Partie) => sql`exists (
  select 1 from echeance_accord a where a.collectivite_id = e.collectivite_id and a.echeance_id = e.id and a.etape = ${etape} and a.partie = ${partie}
     and a.version in (0, e.releve_version))`

/** A lot whose commande was given back whole: nothing of it waits for anybody. */
export const NOT_GIVEN_UP = sql`not exists (
  select 1 from commande g where g.collectivite_id = l.collectivite_id and g.id = l.commande_id and g.statut = 'annulee')`

/**
 * True when this side has this to do today for lot `l` of convention `v`, with the row `e` of its date: `aFaireOf` of the domain, said
 * in SQL (a test holds the two equal, day by day).
 */
export const aFaireSql = (what: AFaireEcheance, partie: Partie, today: string): Sql => {
  const day = sql`${today}::date`
  const fin = sql`coalesce(e.date_fin, l.date_fin)`
  const statut = sql`coalesce(e.statut, 'en_cours')`
  const releve = sql`(${fin} + greatest(${ECHEANCE_JOURS.releve}::int, v.tolerance_jours + 1))`
  const cloture = sql`greatest(${releve}, ${fin} + v.tolerance_jours + ${UTILISATIONS_TARDIVES_JOURS}::int)`
  const running = sql`(${statut} = 'en_cours' and ${day} < ${releve})`
  if (what === 'cloture')
    return partie === 'collectivite'
      ? sql`false`
      : sql`((${statut} = 'en_cours' and ${day} >= ${releve})
          or (${statut} = 'releve' and ${day} >= ${cloture} and ${agreed('releve', 'collectivite')} and ${agreed('releve', 'operateur')}))`
  // the stop is asked first, of the collectivité alone
  const stop = sql`(${day} between ${days(fin, ECHEANCE_JOURS.alerte)} and ${fin} and not ${agreed('arret_distribution', 'collectivite')})`
  const counts = sql`(${day} >= ${days(fin, ECHEANCE_JOURS.constat)} and not ${agreed('constat', partie)})`
  const open = partie === 'collectivite' ? sql`(${stop} or ${counts})` : sql`(not ${stop} and ${counts})`
  return sql`((${statut} = 'releve' and not ${agreed('releve', partie)}) or (${running} and ${open}))`
}
