import { Delete } from 'lucide-react'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

type Props = { onDigit: (digit: string) => void; onErase: () => void }

/** Large keys for a finger. The keyboard types in the field itself; these are ordinary buttons beside it. */
export const PinPad = ({ onDigit, onErase }: Props) => (
  <div className="pave" role="group" aria-label="Pavé de chiffres">
    {DIGITS.map((digit) => (
      <button key={digit} type="button" onClick={() => onDigit(digit)}>
        {digit}
      </button>
    ))}
    <button type="button" className="pave-zero" onClick={() => onDigit('0')}>
      0
    </button>
    <button type="button" aria-label="Effacer le dernier chiffre" onClick={onErase}>
      <Delete aria-hidden="true" />
    </button>
  </div>
)
