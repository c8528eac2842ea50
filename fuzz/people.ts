import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { PEOPLE, type PersonKey } from '../prisma/seed/base/ids.ts'

/** Whoever calls: a person of the base seed, or somebody that no route may let in. */
export const STRANGERS = ['anonyme', 'faux_jeton', 'session_expiree', 'session_fermee'] as const
export type Stranger = (typeof STRANGERS)[number]
export type Who = PersonKey | Stranger
export const WHO: readonly Who[] = [...(Object.keys(PEOPLE) as PersonKey[]), ...STRANGERS]
export const isStranger = (who: Who): who is Stranger => (STRANGERS as readonly string[]).includes(who)

type Ends = 'ouverte' | 'session_expiree' | 'session_fermee'
const CHANGES: Record<Ends, string> = {
  ouverte: 'now(), null',
  session_expiree: "now() - interval '31 minutes', null",
  session_fermee: 'now(), now()',
}

const open = async (sql: pg.Client, key: PersonKey, ends: Ends): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  const { organisationId, utilisateurId, adhesionId } = PEOPLE[key]
  await sql.query(
    `insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, second_facteur, preuve_at, seen_at, ended_at)
     values ($1, $2, $3, $4, $5, true, now(), ${CHANGES[ends]})`,
    [randomUUID(), organisationId, utilisateurId, adhesionId, createHash('sha256').update(token).digest()],
  )
  return `__Host-session=${token}`
}

/** The cookies of everyone; a person's session is whole, proved, and opened again when a call has ended it. */
export const cookiesOf = (sql: pg.Client) => {
  const kept = new Map<Who, string>()
  const freshOf = (who: Who): Promise<string> | string => {
    if (who === 'anonyme') return ''
    if (who === 'faux_jeton') return `__Host-session=${randomBytes(32).toString('base64url')}`
    if (who === 'session_expiree' || who === 'session_fermee') return open(sql, 'anct.pilote', who)
    return open(sql, who, 'ouverte')
  }
  const live = async (cookie: string): Promise<boolean> => {
    const hash = createHash('sha256')
      .update(cookie.split('=')[1] ?? '')
      .digest()
    const { rows } = await sql.query<{ live: boolean }>(
      `select exists (select 1 from session s join utilisateur u on u.id = s.utilisateur_id join adhesion a on a.id = s.adhesion_id
         where s.token_hash = $1 and s.ended_at is null and u.desactive_at is null and a.retiree_at is null and a.date_fin is null) as live`,
      [hash],
    )
    return rows[0]!.live
  }
  return {
    of: async (who: Who): Promise<string> => {
      const cookie = kept.get(who) ?? (await freshOf(who))
      kept.set(who, cookie)
      return cookie
    },
    /** True when the session of this cookie is still one; a person put out by a call of the fuzz is no finding. */
    live,
    forget: (who: Who) => void kept.delete(who),
  }
}

/** People that a call put out (disabled, withdrawn, switched) come back, so that the next ones go as deep. */
export const bringBack = (sql: pg.Client) =>
  sql.query(`update utilisateur set desactive_at = null where desactive_at is not null;
    update adhesion set retiree_at = null, retiree_par = null, date_fin = null where retiree_at is not null or date_fin is not null;
    delete from door.totp; delete from door.tentative;`)
