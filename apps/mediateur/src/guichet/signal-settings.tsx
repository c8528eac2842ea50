import { Button } from '@pass/web/ui/button.tsx'
import { Vibrate, VibrateOff, Volume2, VolumeX } from 'lucide-react'
import { canVibrate, readySound, setReglages, useReglages } from './signals.ts'

/** Sound and vibration of the verdicts, kept on this device. */
export const SignalSettings = () => {
  const { son, vibration } = useReglages()
  const toggleSound = () => {
    setReglages({ son: !son })
    readySound()
  }
  return (
    <div className="signaux">
      <Button variant="lien" icon={son ? Volume2 : VolumeX} onClick={toggleSound}>
        {son ? 'Couper le son' : 'Remettre le son'}
      </Button>
      {canVibrate() && (
        <Button variant="lien" icon={vibration ? Vibrate : VibrateOff} onClick={() => setReglages({ vibration: !vibration })}>
          {vibration ? 'Couper la vibration' : 'Remettre la vibration'}
        </Button>
      )}
    </div>
  )
}
