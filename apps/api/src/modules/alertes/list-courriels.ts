import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notificationRoutes } from '@pass/contracts/notifications.ts'

/** The newest ones, as many as a page shows. */
const MAX = 50
const Courriel = notificationRoutes.listCourriels.response.shape.items.element
type Courriels = { items: (typeof Courriel)['_output'][] }

/** The catcher may be erasing it at this very moment. */
const readMail = async (file: string) => {
  const text = await readFile(file, 'utf8').catch(() => null)
  const mail = text === null ? null : Courriel.safeParse(JSON.parse(text))
  return mail?.success ? mail.data : null
}

/** The demonstration's inbox: the mails that its catcher wrote in a folder, whose names sort the newest first. */
export const listCourriels = async (dir: string | undefined, adresse: string | undefined): Promise<Courriels> => {
  const names = dir ? (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.json')).toSorted() : []
  const wanted = adresse?.trim().toLowerCase()
  const items: Courriels['items'] = []
  for (const name of names) {
    const mail = await readMail(join(dir!, name))
    if (mail && (!wanted || mail.a.split(', ').includes(wanted))) items.push(mail)
    if (items.length === MAX) break
  }
  return { items }
}
