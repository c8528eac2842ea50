import type { Paquet } from '@pass/contracts/guichet.ts'
import type { Session } from '@pass/contracts/session.ts'
import { Dexie, type EntityTable } from 'dexie'
import type { ActeGarde } from './acts.ts'

/**
 * The packet of a person in an organisation, when it came, and how far the server's clock was from the device's. `session`: on a
 * person's own device, whose it is.
 */
export type PaquetGarde = {
  portee: string
  utilisateurId: string
  paquet: Paquet
  recuAt: number
  ecartMs: number
  session: Session | null
}

type Appareil = { id: string; nom: string }
type Tables = Dexie & {
  actes: EntityTable<ActeGarde & { rang: number }, 'rang'>
  paquets: EntityTable<PaquetGarde, 'portee'>
  /** The number of this device for each person in an organisation. */
  appareils: EntityTable<{ portee: string } & Appareil, 'portee'>
}

export const openStore = (name = 'pass-guichet') => {
  // `strict`: an act is on the disk, not on its way to it, when the counter says that it is kept
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Tables
  db.version(1).stores({ actes: '++rang, &cle, utilisateurId', paquets: 'portee, utilisateurId', appareils: 'portee' })
  return {
    db,
    /** The acts of one person, in the order of the gestures. Those of the others are never read. */
    actsOf: (utilisateurId: string): Promise<ActeGarde[]> => db.actes.where('utilisateurId').equals(utilisateurId).sortBy('rang'),
    addAct: async (acte: ActeGarde): Promise<ActeGarde> => ({ ...acte, rang: await db.actes.add(acte) }),
    saveAct: async (acte: ActeGarde): Promise<void> => {
      if (acte.rang !== undefined) await db.actes.put({ ...acte, rang: acte.rang })
    },
    removeAct: (cle: string): Promise<number> => db.actes.where('cle').equals(cle).delete(),
    /** Another try takes the place of the refused act, but for what is left of it: never both, never none. */
    replaceAct: (acte: ActeGarde, { next, reste }: { next: ActeGarde; reste: ActeGarde | null }): Promise<void> =>
      db.transaction('rw', db.actes, async () => {
        const found = await db.actes.where('cle').equals(acte.cle).first()
        // two tabs pressed: the first has done it
        if (found?.etat !== 'refuse') return
        if (reste) await db.actes.put({ ...reste, rang: found.rang })
        else await db.actes.delete(found.rang)
        await db.actes.add(next)
      }),
    paquetOf: (portee: string): Promise<PaquetGarde | undefined> => db.paquets.get(portee),
    /** Keeps the packet, and no one else's: it holds first names. */
    keepPaquet: (kept: PaquetGarde): Promise<void> =>
      db.transaction('rw', db.paquets, async () => {
        await db.paquets.clear()
        await db.paquets.put(kept)
      }),
    lastPaquet: async (): Promise<PaquetGarde | undefined> => (await db.paquets.toArray()).toSorted((a, b) => b.recuAt - a.recuAt)[0],
    dropPaquets: (): Promise<void> => db.paquets.clear(),
    dropPaquetsOfOthers: (utilisateurId: string): Promise<number> => db.paquets.where('utilisateurId').notEqual(utilisateurId).delete(),
    appareilOf: (portee: string, make: () => Appareil): Promise<Appareil> =>
      db.transaction('rw', db.appareils, async () => {
        const known = await db.appareils.get(portee)
        if (known) return known
        const made = { portee, ...make() }
        await db.appareils.put(made)
        return made
      }),
    nameAppareil: (portee: string, nom: string): Promise<number> => db.appareils.update(portee, { nom }),
    forgetSettled: (utilisateurId: string, before: number): Promise<number> =>
      db.actes
        .where('utilisateurId')
        .equals(utilisateurId)
        .filter(({ etat, regleAt }) => etat === 'valide' && regleAt !== null && regleAt < before)
        .delete(),
  }
}

export type Store = ReturnType<typeof openStore>

/** The one of this browser. Opened at its first use. */
export const store = openStore()
