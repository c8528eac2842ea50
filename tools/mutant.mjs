// The one fault that a test run is given by `npm run mutants`, through the variable MUTANT: seen by vitest's set-up and configuration.
import { at } from './common.mjs'

/**
 * A fault. `sql`: text replaced in the definition of a database function; `statement`: run on the migrated database;
 * `source`: text replaced in a file when it is loaded, the file itself untouched.
 * @typedef {{ sql?: { function: string, from: string, to: string }, statement?: string, source?: { file: string, from: string, to: string } }} Fault
 */

/** @returns {Fault | null} */
export const planted = () => (process.env.MUTANT ? JSON.parse(process.env.MUTANT) : null)

/** The text must be there exactly once: a fault that no longer applies is said, never taken for a survivor. */
const replaced = (/** @type {string} */ text, /** @type {{ from: string, to: string }} */ { from, to }, /** @type {string} */ where) => {
  const found = text.split(from).length - 1
  if (found !== 1) throw new Error(`mutant: ${JSON.stringify(from)} is ${found} times in ${where}`)
  return text.replace(from, () => to)
}

/**
 * Plants it in the database that the tests copy.
 * @param {import('pg').Client} client superuser, on that database @param {Fault} fault
 */
export async function plantInDatabase(client, { sql, statement }) {
  if (statement) await client.query(statement)
  if (!sql) return
  const { rows } = await client.query(
    `select pg_get_functiondef(p.oid) as text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = $1 and position($2 in p.prosrc) > 0`,
    [sql.function, sql.from],
  )
  if (rows.length !== 1) throw new Error(`mutant: ${rows.length} functions ${sql.function} hold ${JSON.stringify(sql.from)}`)
  await client.query(replaced(rows[0].text, sql, sql.function))
}

/** Vite's part: replaces the text while the file is loaded. */
export const mutantPlugins = () => {
  const source = planted()?.source
  if (!source) return []
  const file = at(source.file)
  return [
    {
      name: 'mutant',
      enforce: /** @type {const} */ ('pre'),
      transform: (/** @type {string} */ code, /** @type {string} */ id) =>
        id.split('?')[0] === file ? { code: replaced(code, source, source.file), map: null } : null,
    },
  ]
}
