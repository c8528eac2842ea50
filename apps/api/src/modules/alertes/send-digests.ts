import { REVUE_MOIS, ADMINISTRATORS } from '@pass/domain/acces.ts'
import { localTime, PARIS } from '@pass/domain/days.ts'
import { resumeDue, RYTHME_PAR_DEFAUT } from '@pass/domain/notifications.ts'
import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import type { Deps } from '../../platform/deps.ts'
import { openJob, type SystemTask, type Work } from '../../platform/jobs/job.ts'
import { getAccueil } from './queries.ts'

/** People whose digests are made between two looks at who is left. */
const PEOPLE = 200
/** News told by their title; beyond, their number. */
const TITLES = 5

type Row = {
  utilisateur_id: string
  courriel: string
  organisation_id: string
  organisation_type: OrganisationType
  organisation_nom: string
  role: Role
  notification_ids: string[]
}
type Section = { organisation: string; cartes: string[]; nouvelles: string[]; autres: number }

/** What waits in one organisation for one role: the cards of its home page, then what was not read. */
const sectionOf = async (deps: Deps, work: Work, row: Row): Promise<Section> => {
  const acteur = { organisationId: row.organisation_id, utilisateurId: row.utilisateur_id }
  const job = openJob(deps, { name: 'send-digests', id: work.id, payload: {}, acteur })
  const { aFaire } = await job.read((ctx) =>
    getAccueil({ ...ctx, actor: { ...acteur, organisationType: row.organisation_type, role: row.role } }),
  )
  const nouvelles = row.notification_ids.slice(0, TITLES)
  return {
    organisation: row.organisation_nom,
    cartes: aFaire.map(({ titre }) => titre),
    nouvelles,
    autres: row.notification_ids.length - nouvelles.length,
  }
}

/** Two roles in one organisation read the same news: told once. */
const newsOnce = (rows: readonly Row[]): Row[] =>
  rows.map((row, i) =>
    rows.findIndex(({ organisation_id }) => organisation_id === row.organisation_id) === i ? row : { ...row, notification_ids: [] },
  )

const digestOf = async (deps: Deps, work: Work, semaine: string, rows: readonly Row[]): Promise<void> => {
  const sections: Section[] = []
  for (const row of newsOnce(rows)) sections.push(await sectionOf(deps, work, row))
  const told = sections.filter(({ cartes, nouvelles }) => cartes.length + nouvelles.length > 0)
  const objet =
    told.length > 0 ? JSON.stringify({ semaine, sections: told, notificationIds: told.flatMap(({ nouvelles }) => nouvelles) }) : null
  const organisations = new Set(rows.map(({ organisation_id }) => organisation_id))
  const signs = organisations.size === 1 ? rows[0]!.organisation_id : null
  const { utilisateur_id, courriel } = rows[0]!
  await deps.pool.query('select digest_queue($1, $2, $3, $4, $5)', [utilisateur_id, semaine, courriel, signs, objet])
}

const everyone = async (deps: Deps, work: Work, semaine: string): Promise<void> => {
  const { argent, suivi } = RYTHME_PAR_DEFAUT
  for (;;) {
    const { rows } = await deps.pool.query<Row>('select * from digest_people($1, $2, $3, $4)', [
      work.today,
      semaine,
      JSON.stringify({ argent, suivi }),
      PEOPLE,
    ])
    if (rows.length === 0) return
    for (const mine of Map.groupBy(rows, ({ utilisateur_id }) => utilisateur_id).values()) await digestOf(deps, work, semaine, mine)
  }
}

const REVIEW = {
  titre: 'Accès à revoir dans votre équipe',
  texte: `Des accès n’ont pas été confirmés depuis ${REVUE_MOIS} mois. Pour chacun, dites s’il est toujours justifié, ou retirez-le.`,
  lien: '/compte/equipe',
}

const remindReviews = ({ pool }: Deps, { today }: Work) =>
  pool.query('select remind_reviews($1, $2, $3, $4, $5, $6, $7)', [
    today,
    REVUE_MOIS,
    ADMINISTRATORS,
    RYTHME_PAR_DEFAUT.securite,
    REVIEW.titre,
    REVIEW.texte,
    REVIEW.lien,
  ])

/** Mondays at 8: what waits for each person, in one mail. Started often, it makes one digest a person a week. */
export const sendDigests: SystemTask = {
  cron: '*/15 * * * *',
  run: async (work, deps) => {
    const semaine = resumeDue(work.today, localTime(work.now, PARIS))
    if (!semaine) return
    await remindReviews(deps, work)
    await everyone(deps, work, semaine)
  },
}
