/** What Python and CUDA need; credentials are not among it, and no library may ask a hub for weights. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LD_LIBRARY_PATH', 'CUDA_VISIBLE_DEVICES', 'NVIDIA_VISIBLE_DEVICES'];

export const pythonEnvironment = (source: Readonly<Record<string, string | undefined>>): Record<string, string> => ({
  ...Object.fromEntries(PASSED_ON.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]]))),
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  HF_HUB_OFFLINE: '1',
  TQDM_DISABLE: '1', // progress bars would be a failing process's last words
  CUBLAS_WORKSPACE_CONFIG: ':4096:8', // equal requests give equal frames
  PYTORCH_ALLOC_CONF: 'expandable_segments:True', // denoising and decoding want blocks of different sizes from the same 24 GB
});
