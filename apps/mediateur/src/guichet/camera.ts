import { useCallback, useEffect, useRef, useState } from 'react'
import type { QrReader } from './qr-reader.ts'

/** Between two pictures: a phone reads about eight a second without getting hot. */
const EVERY_MS = 120
/** A code that stays before the camera is one reading; gone for so long and shown again, it is another. */
const AWAY_MS = 2500

export type CameraState =
  | { etat: 'ferme' }
  | { etat: 'ouverture' }
  | { etat: 'ouvert'; torche: boolean | null }
  | { etat: 'erreur'; message: string }

/** Known to phones, not yet to the types of the web. */
type Capabilities = MediaTrackCapabilities & { torch?: boolean }
type Torch = MediaTrackConstraintSet & { torch: boolean }

const reasonOf = (error: unknown): string => {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'Le navigateur n’a pas le droit d’utiliser l’appareil photo. Autorisez-le dans les réglages du navigateur, ou tapez le numéro.'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'Cet appareil n’a pas d’appareil photo. Tapez le numéro du pass.'
  if (name === 'NotReadableError') return 'Une autre application utilise l’appareil photo. Fermez-la, puis réessayez.'
  return 'L’appareil photo ne s’ouvre pas ici. Tapez le numéro du pass.'
}

const openStream = (): Promise<MediaStream> => {
  // absent over plain HTTP
  if (!('mediaDevices' in navigator)) throw new Error('no camera here')
  return navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    audio: false,
  })
}

const stopStream = (stream: MediaStream | null): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** Says a code once while it stays in view. */
const onceInView = (onRead: (text: string) => void) => {
  let last = { text: '', at: 0 }
  return (text: string): void => {
    const at = Date.now()
    const same = text === last.text && at - last.at < AWAY_MS
    last = { text, at }
    if (!same) onRead(text)
  }
}

/** Reads the pictures one after the other until it is stopped. */
const readOn = (video: HTMLVideoElement, reader: QrReader, onRead: (text: string) => void): (() => void) => {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const say = onceInView(onRead)
  const look = async (): Promise<void> => {
    const text = video.readyState >= 2 ? await reader.read(video).catch(() => null) : null
    if (stopped) return
    if (text !== null) say(text)
    timer = setTimeout(() => void look(), EVERY_MS)
  }
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

const torchOf = (stream: MediaStream): boolean | null => {
  const track = stream.getVideoTracks()[0]
  const can: Capabilities = track?.getCapabilities?.() ?? {}
  return can.torch ? false : null
}

/** The camera of the counter: continuous, closed when the page is left or hidden. */
export const useCamera = (onRead: (text: string) => void) => {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>({ etat: 'ferme' })
  const running = useRef<{ stream: MediaStream; stop: () => void } | null>(null)
  const turn = useRef(0)
  const reading = useRef(onRead)
  useEffect(() => {
    reading.current = onRead
  }, [onRead])

  const close = useCallback(() => {
    turn.current++
    running.current?.stop()
    stopStream(running.current?.stream ?? null)
    running.current = null
    setState({ etat: 'ferme' })
  }, [])

  const open = useCallback(async () => {
    const mine = ++turn.current
    setState({ etat: 'ouverture' })
    let stream: MediaStream | null = null
    try {
      const [opened, { openQrReader }] = await Promise.all([openStream().then((one) => (stream = one)), import('./qr-reader.ts')])
      const reader = await openQrReader()
      const element = video.current
      if (mine !== turn.current || !element) return stopStream(opened)
      element.srcObject = opened
      await element.play()
      running.current = { stream: opened, stop: readOn(element, reader, (text) => reading.current(text)) }
      setState({ etat: 'ouvert', torche: torchOf(opened) })
    } catch (error) {
      stopStream(stream)
      if (mine === turn.current) setState({ etat: 'erreur', message: reasonOf(error) })
    }
  }, [])

  const light = useCallback(async (on: boolean) => {
    const track = running.current?.stream.getVideoTracks()[0]
    const advanced: Torch[] = [{ torch: on }]
    await track?.applyConstraints({ advanced }).catch(() => null)
    setState((old) => (old.etat === 'ouvert' ? { ...old, torche: on } : old))
  }, [])

  useEffect(() => {
    const onHide = () => document.visibilityState === 'hidden' && close()
    document.addEventListener('visibilitychange', onHide)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      close()
    }
  }, [close])

  return { video, state, open, close, light }
}
