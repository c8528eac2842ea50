import { PIECE_OCTETS, PIECE_TYPES } from '@pass/domain/pieces.ts'

/** A sheet of paper is read well at this many pixels on its long side. */
const SIDE_MAX = 2400
const QUALITY = 0.8

const jpegOf = async (file: File): Promise<Blob | null> => {
  const image = await createImageBitmap(file)
  const part = Math.min(1, SIDE_MAX / Math.max(image.width, image.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.width * part)
  canvas.height = Math.round(image.height * part)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  image.close()
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  })
}

const isTaken = ({ type, size }: File): boolean => size <= PIECE_OCTETS && PIECE_TYPES.some((one) => one === type)

/** A photo of a phone is often heavier than what is taken, or of the phone's own format: it is made smaller here. Anything else is left as it is. */
export const shrinkPhoto = async (file: File): Promise<File> => {
  if (!file.type.startsWith('image/') || isTaken(file)) return file
  const blob = await jpegOf(file).catch(() => null)
  if (!blob) return file
  return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg', lastModified: file.lastModified })
}
