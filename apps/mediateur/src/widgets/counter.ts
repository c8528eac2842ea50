import type { Acte } from '@pass/contracts/ateliers.ts'
import { formatDay, localDay } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import type { Refusal } from '@pass/domain/refusal.ts'
import { call, useAct } from '@pass/web/api.ts'
import { checkEd25519, checkOffline, offlineDetail } from '@pass/web/modules/pass/check-offline.ts'
import { readPass } from '@pass/web/modules/pass/read-pass.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { refreshCounter, verifyPass } from '../calls.ts'
import { readySound, signal } from '../guichet/signals.ts'
import { holds, isFinal, isNetwork, type PassRefuse, refusedPass } from '../offline/acts.ts'
import { noteOutcome, redeemNow } from '../offline/engine.ts'
import { guichet, guichetTime, useGuichet } from '../offline/state.ts'

/** The atelier that the counter works for, known with or without network. */
export type CounterAtelier = { id: string; titre: string; lieuId: string; fuseau: string }

/** A pass read at the counter and what is known of it. */
export type ScanLine = {
  /** The 12 symbols, or those of a former operator: two readings of the same pass are one line. */
  code: string
  /** What the API takes: the code, or the signed text of the QR. */
  envoi: string
  /** `attente`: good as far as this device can tell, the server has not been asked. */
  etat: 'lecture' | 'valable' | 'attente' | 'refuse' | 'utilise' | 'garde' | 'inconnu'
  titre: string
  detail?: string
  /** A refused pass that nothing done here or elsewhere today will make good: no use in asking again. */
  definitif?: boolean
}

const WAITING = 'En attente de réseau'
const PATIENCE_MS = 6000
const TONES = { valable: 'bien', attente: 'attente', refuse: 'refus', inconnu: 'attente' } as const

const refusedLine = ({ code, envoi }: ScanLine, { message, suite, code: raison }: Omit<PassRefuse, 'rang'>): ScanLine => ({
  code,
  envoi,
  etat: 'refuse',
  titre: message,
  definitif: isFinal(raison),
  ...(suite && { detail: suite }),
})

/** What this device can say of the pass by itself. */
const verifyHere = async (line: ScanLine, { lieuId, fuseau }: CounterAtelier): Promise<ScanLine> => {
  const { paquet } = guichet()
  if (!paquet) return { ...line, etat: 'attente', titre: WAITING, detail: 'Le pass sera vérifié à l’envoi.' }
  const today = localDay(guichetTime(), fuseau)
  const verdict = await checkOffline(line.envoi, { paquet, lieuId, today, checkSignature: checkEd25519 })
  if (verdict.etat === 'refuse') return { ...refusedLine(line, verdict), definitif: false }
  return { ...line, etat: 'attente', titre: WAITING, detail: offlineDetail(verdict) }
}

const verify = async (line: ScanLine, atelier: CounterAtelier): Promise<ScanLine> => {
  if (!guichet().enLigne) return verifyHere(line, atelier)
  try {
    const input = { params: { atelierId: atelier.id }, body: { pass: [line.envoi] } }
    const { pass } = await call(verifyPass, input, { signal: AbortSignal.timeout(PATIENCE_MS) })
    noteOutcome(null)
    const known = pass[0]
    if (!known) return { ...line, etat: 'inconnu', titre: 'Pas de réponse. Réessayez.' }
    const detail = `${euros(known.montantCentimes)}, valable jusqu’au ${formatDay(known.valableJusquau)}`
    return { ...line, etat: 'valable', titre: 'Valable', detail }
  } catch (error) {
    if (isNetwork(error)) {
      noteOutcome(error)
      return verifyHere(line, atelier)
    }
    const refused = refusedPass(error)[0]
    if (refused) return refusedLine(line, refused)
    return { ...line, etat: 'inconnu', titre: 'Pas encore vérifié', detail: error instanceof Error ? error.message : 'Réessayez.' }
  }
}

const WORDS = { valable: 'Valable', attente: WAITING, refuse: 'Refusé', inconnu: 'Pas encore vérifié' } as const
type Verdict = keyof typeof WORDS
const isVerdict = (etat: ScanLine['etat']): etat is Verdict => etat in WORDS

/** What is said aloud, once: a word and the end of the number, the line has the rest. */
const spoken = (word: string, code: string): string => `${word}, pass ${code.slice(-4).split('').join(' ')}.`

const freshLine = ({ code, envoi }: Pick<ScanLine, 'code' | 'envoi'>): ScanLine => ({
  code,
  envoi,
  etat: 'lecture',
  titre: 'Vérification…',
})

/** The lines, their checks, and what is said of them. */
const useLines = (atelier: CounterAtelier) => {
  const [lines, setLines] = useState<readonly ScanLine[]>([])
  const [said, setSaid] = useState({ texte: '', fois: 0 })
  const say = useCallback((texte: string) => setSaid(({ fois }) => ({ texte, fois: fois + 1 })), [])
  const put = useCallback((next: ScanLine) => setLines((old) => old.map((line) => (line.code === next.code ? next : line))), [])
  const check = useCallback(
    async (line: ScanLine) => {
      put(freshLine(line))
      const verdict = await verify(line, atelier)
      put(verdict)
      if (!isVerdict(verdict.etat)) return
      signal(TONES[verdict.etat])
      say(spoken(WORDS[verdict.etat], verdict.code))
    },
    // the page makes the object anew at each drawing
    // oxlint-disable-next-line react/exhaustive-deps
    [put, say, atelier.id, atelier.lieuId, atelier.fuseau],
  )
  const { enLigne } = useGuichet()
  const waitingLines = useRef<readonly ScanLine[]>([])
  useEffect(() => {
    waitingLines.current = lines.filter(({ etat }) => etat === 'attente')
  }, [lines])
  useEffect(() => {
    // the network is back: the server is asked what this device could not know
    if (enLigne) for (const line of waitingLines.current) void check(line)
  }, [enLigne, check])
  return { lines, setLines, put, check, said, say }
}

type Lines = ReturnType<typeof useLines>

/** The second gesture, and what it came to. */
const useRedeem = (atelier: CounterAtelier, { lines, setLines, put }: Lines) => {
  const [acte, setActe] = useState<Acte | null>(null)
  const [garde, setGarde] = useState<number | null>(null)
  const [refused, setRefused] = useState<{ message: string; nombre: number } | null>(null)
  const ready = lines.filter(({ etat }) => etat === 'valable' || etat === 'attente')
  const become = (etat: 'utilise' | 'garde', titre: string) =>
    setLines((old) => old.map((line) => (ready.some(({ code }) => code === line.code) ? { ...line, etat, titre } : line)))
  const redeem = useAct(async () => {
    const fait = await redeemNow({ atelierId: atelier.id, titre: atelier.titre, pass: ready.map(({ code, envoi }) => ({ code, envoi })) })
    if (fait.etat === 'fait') {
      become('utilise', 'Utilisé')
      await refreshCounter()
      setActe(fait.acte)
    } else if (fait.etat === 'garde') {
      become('garde', WAITING)
      setGarde(fait.nombre)
    } else {
      for (const one of fait.refus.pass) {
        const line = ready[one.rang]
        if (line) put(refusedLine(line, one))
      }
      setRefused({ message: fait.refus.message, nombre: fait.refus.pass.length })
    }
    signal(fait.etat === 'fait' ? 'bien' : fait.etat === 'garde' ? 'attente' : 'refus')
  })
  const clear = () => {
    redeem.reset()
    setActe(null)
    setGarde(null)
    setRefused(null)
  }
  return { ready, acte, garde, refused, redeem, clear }
}

/** The lines of the counter: each pass is checked when it is read, nothing is used before the second gesture. */
export const useCounter = (atelier: CounterAtelier) => {
  const all = useLines(atelier)
  const { lines, setLines, check, said, say } = all
  const { clear, ...gesture } = useRedeem(atelier, all)
  const [twice, setTwice] = useState<string | null>(null)
  // the codes of a former operator have any form: the person says that these are such
  const [ancien, setAncien] = useState(false)
  // a scanner reads faster than the page draws: the codes already taken are kept outside the drawing
  const taken = useRef(new Set<string>())

  /** Takes what was scanned or typed; answers why it cannot be a pass, before any request. */
  const read = (text: string): Refusal | null => {
    readySound()
    const pass = readPass(text, ancien)
    const again = pass.ok && (taken.current.has(pass.code) || holds(guichet().actes, pass.code))
    setTwice(again ? pass.code : null)
    if (!pass.ok || again) signal(again ? 'attente' : 'refus')
    if (!pass.ok) return pass.refusal
    if (again) return null
    taken.current.add(pass.code)
    clear()
    const line = freshLine(pass)
    // what is used is in the list of the atelier: the counter starts clean for the next people
    setLines((old) => [line, ...old.filter(({ etat }) => etat !== 'utilise' && etat !== 'garde')])
    void check(line)
    return null
  }
  const forget = (code: string) => {
    taken.current.delete(code)
    setLines((old) => old.filter((line) => line.code !== code))
    say(spoken('Retiré', code))
  }
  return { ...gesture, lines, twice, said, read, check, forget, ancien, setAncien }
}

export type Counter = ReturnType<typeof useCounter>
