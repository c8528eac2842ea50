import { type Acte, PassRefuse } from '@pass/contracts/ateliers.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import type { Refusal, RefusalCode } from '@pass/domain/refusal.ts'
import { call, useApiMutation } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { readPass } from '@pass/web/modules/pass/read-pass.ts'
import { useRef, useState } from 'react'
import { COUNTER_READS, redeemPass, verifyPass } from '../calls.ts'

/** A pass read at the counter and what is known of it. */
export type ScanLine = {
  /** The 12 symbols: two readings of the same pass are one line. */
  code: string
  /** What the API takes: the code, or the signed text of the QR. */
  envoi: string
  etat: 'lecture' | 'valable' | 'refuse' | 'utilise' | 'inconnu'
  titre: string
  detail?: string
  /** A refused pass that nothing done here or elsewhere today will make good: no use in asking again. */
  definitif?: boolean
}

const FINAL: readonly (RefusalCode | undefined)[] = ['deja_utilise', 'pass_annule', 'carnet_bloque', 'expire', 'code_inconnu']

// a refusal of the rules says its code and what to do next; a malformed text only its sentence
const Refused = PassRefuse.partial({ code: true, suite: true }).array()
type RefusedPass = { rang: number; message: string; suite: string | undefined; raison: RefusalCode | undefined }

/** The refused pass of an answer, by their place in the request; empty when the refusal is about something else. */
const refusedOf = (error: unknown): readonly RefusedPass[] => {
  const read = error instanceof ApiError ? Refused.safeParse(error.erreurs) : null
  return (read?.data ?? []).flatMap(({ chemin, message, suite, code }) => {
    const rang = /^pass\.(\d+)$/.exec(chemin)?.[1]
    return rang === undefined ? [] : [{ rang: Number(rang), message, suite, raison: code }]
  })
}

const refusedLine = ({ code, envoi }: ScanLine, { message, suite, raison }: RefusedPass): ScanLine => ({
  code,
  envoi,
  etat: 'refuse',
  titre: message,
  definitif: FINAL.includes(raison),
  ...(suite && { detail: suite }),
})

const verify = async (atelierId: string, line: ScanLine): Promise<ScanLine> => {
  try {
    const { pass } = await call(verifyPass, { params: { atelierId }, body: { pass: [line.envoi] } })
    const known = pass[0]
    if (!known) return { ...line, etat: 'inconnu', titre: 'Pas de réponse. Réessayez.' }
    const detail = `${euros(known.montantCentimes)}, valable jusqu’au ${formatDay(known.valableJusquau)}`
    return { ...line, etat: 'valable', titre: 'Valable', detail }
  } catch (error) {
    const refused = refusedOf(error)[0]
    if (refused) return refusedLine(line, refused)
    return { ...line, etat: 'inconnu', titre: 'Pas encore vérifié', detail: error instanceof Error ? error.message : 'Réessayez.' }
  }
}

/** The lines of the counter: each pass is checked when it is read, nothing is used before the second gesture. */
export const useCounter = (atelierId: string) => {
  const [lines, setLines] = useState<readonly ScanLine[]>([])
  const [acte, setActe] = useState<Acte | null>(null)
  const [twice, setTwice] = useState<string | null>(null)
  // a scanner reads faster than the page draws: the codes already taken are kept outside the drawing
  const taken = useRef(new Set<string>())
  const put = (next: ScanLine) => setLines((old) => old.map((line) => (line.code === next.code ? next : line)))
  const check = async (line: ScanLine) => {
    put({ code: line.code, envoi: line.envoi, etat: 'lecture', titre: 'Vérification…' })
    put(await verify(atelierId, line))
  }
  const redeem = useApiMutation(redeemPass, {
    invalidates: COUNTER_READS,
    onSuccess: (done) => {
      setActe(done)
      setLines((old) => old.map((line) => (line.etat === 'valable' ? { ...line, etat: 'utilise', titre: 'Utilisé' } : line)))
    },
  })
  const ready = lines.filter(({ etat }) => etat === 'valable')

  /** Takes what was scanned or typed; answers why it cannot be a pass, before any request. */
  const read = (text: string): Refusal | null => {
    const pass = readPass(text)
    setTwice(pass.ok && taken.current.has(pass.code) ? pass.code : null)
    if (!pass.ok) return pass.refusal
    if (taken.current.has(pass.code)) return null
    taken.current.add(pass.code)
    redeem.reset()
    setActe(null)
    const line: ScanLine = { code: pass.code, envoi: pass.envoi, etat: 'lecture', titre: 'Vérification…' }
    // what is used is in the list of the atelier: the counter starts clean for the next people
    setLines((old) => [line, ...old.filter(({ etat }) => etat !== 'utilise')])
    void check(line)
    return null
  }
  const forget = (code: string) => {
    taken.current.delete(code)
    setLines((old) => old.filter((line) => line.code !== code))
  }
  const use = () =>
    redeem.mutate(
      { params: { atelierId }, body: { pass: ready.map(({ envoi }) => envoi) } },
      {
        onError: (error) => {
          for (const refused of refusedOf(error)) {
            const line = ready[refused.rang]
            if (line) put(refusedLine(line, refused))
          }
        },
      },
    )
  return { lines, ready, acte, twice, redeem, read, check, forget, use, refusedByRule: refusedOf(redeem.error).length }
}

export type Counter = ReturnType<typeof useCounter>
