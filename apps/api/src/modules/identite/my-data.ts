import type { FileAnswer } from '@pass/contracts/route.ts'
import type { Ctx } from '../../platform/context.ts'

/** Everything held on whoever asks as a user of the service: account, accesses, sessions, notifications, own lines of the journal. */
export const downloadMyData = async ({ db, today, now }: Ctx): Promise<FileAnswer> => {
  const [row] = await db.$queryRaw<{ data: object }[]>`select my_data() as data`
  const text = JSON.stringify({ editeLe: now.toISOString(), ...row!.data }, null, 2)
  return { nom: `mes-donnees-${today}.json`, type: 'application/json; charset=utf-8', contenu: new TextEncoder().encode(text) }
}
