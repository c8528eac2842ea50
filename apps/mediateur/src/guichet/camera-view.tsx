import { Button } from '@pass/web/ui/button.tsx'
import { TONE_ICONS } from '@pass/web/ui/badge.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Camera, CameraOff, Flashlight, FlashlightOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useCamera } from './camera.ts'
import { readySound } from './signals.ts'

export type LastVerdict = { tone: 'bien' | 'attente' | 'refus'; titre: string }

/** The last verdict over the picture: where the eyes are. It is said aloud elsewhere, once. */
const OnPicture = ({ tone, titre }: LastVerdict) => {
  const Icon = TONE_ICONS[tone]
  return (
    <p className={`camera-verdict ${tone}`} aria-hidden="true">
      <Icon />
      {titre}
    </p>
  )
}

type Props = { onRead: (text: string) => void; onShown: (shown: boolean) => void; dernier: LastVerdict | null }

/** The camera, opened by a press; the box of the number stays beside it. */
export const CameraView = ({ onRead, onShown, dernier }: Props) => {
  const { video, state, open, close, light } = useCamera(onRead)
  const shown = state.etat === 'ouvert' || state.etat === 'ouverture'
  const torche = state.etat === 'ouvert' ? state.torche : null
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    onShown(shown)
    // what is aimed at and its verdict stay together on a small screen
    if (shown) box.current?.scrollIntoView({ block: 'start' })
  }, [shown, onShown])
  const start = () => {
    readySound()
    void open()
  }
  return (
    <div className="camera" ref={box}>
      <div className="camera-vue" hidden={!shown}>
        <video ref={video} muted playsInline aria-label="Ce que voit l’appareil photo" />
        <span className="camera-cadre" aria-hidden="true" />
        {shown && dernier && <OnPicture {...dernier} />}
      </div>
      {state.etat === 'erreur' && (
        <Notice tone="refus" live="alert">
          {state.message}
        </Notice>
      )}
      <div className="camera-boutons">
        {shown ? (
          <Button variant="second" icon={CameraOff} onClick={close}>
            Fermer l’appareil photo
          </Button>
        ) : (
          <Button variant="second" icon={Camera} onClick={start}>
            Scanner avec l’appareil photo
          </Button>
        )}
        {torche !== null && (
          <Button variant="second" icon={torche ? FlashlightOff : Flashlight} aria-pressed={torche} onClick={() => void light(!torche)}>
            Lampe
          </Button>
        )}
      </div>
    </div>
  )
}
