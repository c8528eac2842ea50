import { Notice } from '@pass/web/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { waiting } from '../offline/acts.ts'
import { type Limits, limitsOf } from '../offline/limits.ts'
import { useGuichet } from '../offline/state.ts'

const MINUTE_MS = 60_000
/** Until the packet says them. */
const LIMITES = { heures: 72, actes: 40 }

/** Where the counter stands, looked at again every minute. */
export const useLimits = (): Limits => {
  const { actes, paquet, recuAt, ecartMs, appareil } = useGuichet()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return limitsOf({
    enAttente: waiting(actes),
    limites: paquet?.limites ?? LIMITES,
    paquetAge: recuAt === null ? null : Math.max(0, now - recuAt),
    revoque: appareil?.etat === 'revoque',
    now,
    ecartMs: ecartMs ?? 0,
    ...(paquet?.ateliers[0] && { fuseau: paquet.ateliers[0].lieu.fuseau }),
  })
}

/** The sentences before the limits are reached, and the one when they are. */
export const LimitNotices = () => {
  const { enLigne, sansMemoire, pret } = useGuichet()
  const { bloque, avertissements } = useLimits()
  if (!pret) return null
  return (
    <>
      {!enLigne && bloque && (
        <Notice tone="refus" live="status">
          {bloque}
        </Notice>
      )}
      {!enLigne &&
        avertissements.map((one) => (
          <Notice key={one} tone="attente" live="status">
            {one}
          </Notice>
        ))}
      {sansMemoire && (
        <Notice tone="attente">
          Ce navigateur ne garde rien&nbsp;: ici le guichet ne marche qu’avec du réseau. Une fenêtre privée en est souvent la cause.
        </Notice>
      )}
    </>
  )
}
