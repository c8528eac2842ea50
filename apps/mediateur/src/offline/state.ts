import type { Paquet } from '@pass/contracts/guichet.ts'
import { useSyncExternalStore } from 'react'
import type { ActeGarde } from './acts.ts'
import type { Stop } from './replay.ts'

/** What the counter knows of itself, outside React: one for the page. */
export type Guichet = {
  /** Read from the device at least once. */
  pret: boolean
  enLigne: boolean
  /** The server was asked for the packet, whatever it answered. */
  demande: boolean
  paquet: Paquet | null
  /** When the packet came (device, ms), and the server's clock minus the device's. */
  recuAt: number | null
  ecartMs: number | null
  /** The acts of the person signed in. */
  actes: readonly ActeGarde[]
  appareil: { id: string; nom: string | null; etat: 'inconnu' | 'declare' | 'revoque' } | null
  /** The queue is being sent. */
  envoi: boolean
  arret: Extract<Stop, { issue: 'arreter' }> | null
  /** This browser keeps nothing (private window, full disk): the counter works with network only. */
  sansMemoire: boolean
}

const EMPTY: Guichet = {
  pret: false,
  enLigne: true,
  demande: false,
  paquet: null,
  recuAt: null,
  ecartMs: null,
  actes: [],
  appareil: null,
  envoi: false,
  arret: null,
  sansMemoire: false,
}

let state: Guichet = EMPTY
const listeners = new Set<() => void>()

export const guichet = (): Guichet => state

export const setGuichet = (change: Partial<Guichet>): void => {
  state = { ...state, ...change }
  for (const listener of listeners) listener()
}

/** Somebody else, or nobody: nothing of the former stays. */
export const resetGuichet = (): void => setGuichet({ ...EMPTY, enLigne: state.enLigne })

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useGuichet = (): Guichet => useSyncExternalStore(subscribe, guichet)

/** The device's time by the server's clock, as last known. */
export const guichetTime = (at: number = Date.now()): Date => new Date(at + (state.ecartMs ?? 0))
