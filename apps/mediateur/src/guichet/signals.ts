import { useSyncExternalStore } from 'react'

/** Sound and vibration of the verdicts, turned off on this device. */
export type Reglages = { son: boolean; vibration: boolean }
const KEY = 'pass-guichet-reglages'
const ALL: Reglages = { son: true, vibration: true }

const read = (): Reglages => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Reglages>
    return { son: kept.son !== false, vibration: kept.vibration !== false }
  } catch {
    return ALL
  }
}

let reglages: Reglages | null = null
const listeners = new Set<() => void>()
const current = (): Reglages => (reglages ??= read())

export const setReglages = (change: Partial<Reglages>): void => {
  reglages = { ...current(), ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(reglages))
  } catch {
    // a browser without storage: until the page closes
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useReglages = (): Reglages => useSyncExternalStore(subscribe, current)

/** A phone says so; a desktop has nothing that trembles. */
export const canVibrate = (): boolean => 'vibrate' in navigator

let audio: AudioContext | null = null

/** Sound needs a gesture first: called by those of the counter. */
export const readySound = (): void => {
  if (!current().son || typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume().catch(() => null)
}

const beep = (context: AudioContext, hertz: number, after: number): void => {
  const tone = context.createOscillator()
  const volume = context.createGain()
  const start = context.currentTime + after
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0.0001, start)
  volume.gain.exponentialRampToValueAtTime(0.25, start + 0.015)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.13)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + 0.14)
}

/** Two short tones: rising when it is good, falling when it is refused, twice the same when it waits. */
const TONES = { bien: [660, 990], attente: [660, 660], refus: [392, 233] } as const
const SHAKES = { bien: [60], attente: [40, 60, 40], refus: [120, 80, 120] } as const

export const signal = (tone: keyof typeof TONES): void => {
  const { son, vibration } = current()
  if (vibration && canVibrate()) navigator.vibrate([...SHAKES[tone]])
  if (!son || audio?.state !== 'running') return
  const [first, second] = TONES[tone]
  beep(audio, first, 0)
  beep(audio, second, 0.15)
}
