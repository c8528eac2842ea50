import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { PASSWORD } from '../../../prisma/seed/base/people.ts'
import { PEOPLE } from '../../../prisma/seed/base/ids.ts'
import type { Person, World } from './world.ts'

/** A person of the test's own, with one adhesion an organisation and the password of everybody, so that nobody else's sessions move. */
export const newPerson = async (
  { sql }: World,
  organisations: readonly string[],
  role = 'collectivite.lecteur',
  { prenom = 'Nina', nom = 'Neuve' } = {},
): Promise<Person[]> => {
  const utilisateurId = randomUUID()
  await sql.query(
    `insert into utilisateur (id, courriel, prenom, nom, mot_de_passe)
     values ($1, $2, $3, $4, (select mot_de_passe from utilisateur where id = $5))`,
    [utilisateurId, courrielOf(utilisateurId), prenom, nom, PEOPLE['collectivite.gestionnaire'].utilisateurId],
  )
  const people = organisations.map((organisationId) => ({ utilisateurId, organisationId, adhesionId: randomUUID() }))
  // the first one is the last begun: the one that signing in opens
  for (const [rank, { adhesionId, organisationId }] of people.entries())
    await sql.query(
      "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, $4, '2026-01-31'::date - $5::int)",
      [adhesionId, organisationId, utilisateurId, role, rank],
    )
  return people
}

export const courrielOf = (utilisateurId: string) => `${utilisateurId}@exemple.fr`

/** The whole cookies that an answer sets, without those that it takes away; by name. */
export const cookiesOf = ({ headers }: LightMyRequestResponse): Record<string, string> =>
  Object.fromEntries(
    [headers['set-cookie'] ?? []]
      .flat()
      .map((cookie) => cookie.split(';')[0]!)
      .filter((cookie) => !cookie.endsWith('='))
      .map((cookie) => [cookie.split('=')[0]!, cookie]),
  )

/** A browser: keeps the cookies that the answers set, as one does. */
export const newBrowser = (world: World) => {
  const jar = new Map<string, string>()
  const send = async (method: 'get' | 'post' | 'put' | 'del', path: string, body?: unknown) => {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
    const anonymous = world.anonymous()
    const response = method === 'get' ? await anonymous.get(path, { headers }) : await anonymous[method](path, body, { headers })
    for (const cookie of [response.headers['set-cookie'] ?? []].flat()) {
      const [name = '', value = ''] = cookie.split(';')[0]!.split('=', 2)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return {
    get: (path: string) => send('get', path),
    post: (path: string, body?: unknown) => send('post', path, body),
    put: (path: string, body?: unknown) => send('put', path, body),
    del: (path: string, body?: unknown) => send('del', path, body),
    signIn: ({ utilisateurId }: { utilisateurId: string }) =>
      send('post', '/session', { courriel: courrielOf(utilisateurId), motDePasse: PASSWORD, guichet: false }),
    cookies: jar,
  }
}
export type Browser = ReturnType<typeof newBrowser>
