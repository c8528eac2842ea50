import { randomBytes, randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Role } from '@pass/domain/organisations.ts'
import pg from 'pg'
import { ORG } from '../../../prisma/seed/base/ids.ts'
import { hashToken } from '../src/platform/auth/tokens.ts'
import type { Person, World } from './world.ts'

export type Account = Person & { courriel: string }

type Made = {
  role?: Role
  organisationId?: string
  /** None: only a link or a passkey opens it. */
  motDePasse?: string
  dateFin?: string
  totp?: boolean
}

/** An account of the test's own, so that nobody else's attempts, links and sessions move. */
export const newAccount = async (world: World, made: Made = {}): Promise<Account> => {
  const { role = 'collectivite.lecteur', organisationId = ORG.t1, motDePasse, dateFin = null, totp = false } = made
  const [utilisateurId, adhesionId] = [randomUUID(), randomUUID()]
  const courriel = `nina-${utilisateurId}@exemple.fr`
  const stored = motDePasse === undefined ? null : await hash(motDePasse, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  await world.sql.query("insert into utilisateur (id, courriel, prenom, nom, mot_de_passe) values ($1, $2, 'Nina', 'Neuve', $3)", [
    utilisateurId,
    courriel,
    stored,
  ])
  await world.sql.query(
    "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut, date_fin) values ($1, $2, $3, $4, '2026-01-01', $5)",
    [adhesionId, organisationId, utilisateurId, role, dateFin],
  )
  if (totp)
    await world.sql.query("insert into door.totp (utilisateur_id, secret, cle_id, confirme_at) values ($1, '\\x00', 1, now())", [
      utilisateurId,
    ])
  return { utilisateurId, adhesionId, organisationId, courriel }
}

/** Every mail queued for an address, oldest first. */
export const mailsTo = async (world: World, courriel: string): Promise<{ modele: string; objet: Record<string, string> }[]> =>
  (await world.sql.query('select modele, objet from door.courriel where adresse = $1 order by id', [courriel])).rows

/** What the worker does as it sends the mail of a link: makes its secret. Null when the link is worth nothing any more. */
export const secretOf = async (world: World, jetonId: string): Promise<string | null> => {
  const worker = new pg.Client({ connectionString: world.urls.workerUrl })
  await worker.connect()
  try {
    const token = randomBytes(32).toString('base64url')
    const { rows } = await worker.query<{ done: boolean }>('select jeton_secret($1, $2) as done', [jetonId, hashToken(token)])
    return rows[0]!.done ? token : null
  } finally {
    await worker.end()
  }
}

/** The secret of the last link mailed to an address. */
export const lastLink = async (world: World, courriel: string): Promise<string> =>
  (await secretOf(world, (await mailsTo(world, courriel)).at(-1)!.objet['jetonId']!))!
